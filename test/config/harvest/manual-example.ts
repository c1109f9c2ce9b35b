/** The example of iVia's manual for its OAI-PMH importer, character for character. */

const MAIN = `  [Logging]
  verbosity = 3
  directory = /home/fred/log/OAI-PMH-importer

  [Repositories]
  harvest_list = "infomine.ucr.edu,CaltechETD"

[infomine.ucr.edu]
base_url                = "http://infomine.ucr.edu/cgi-bin/OAI-PMH-server"
sets                    = ""
metadata_prefix         = "ivia_internal"

harvest_mode            = "INCREMENTAL"

foreign_source          = "infomine.ucr.edu"
remote_user             = "infomine-importer"

duplicate_policy        = "KEEP_HIGHER"
duplicate_check         = "FUZZY_URL"

pre_process_section     = "ivia_internal_pre_process"
field_defaults_section  = "ivia_internal_field_defaults"
field_map_section       = "ivia_internal_field_map"
post_process_section    = "ivia_internal_post_process"


[CaltechETD]
base_url                = "http://services.nsdl.org:8080/nsdloai/OAI"
sets                    = "CalTechETD"
metadata_prefix         = "nsdl_dc"

harvest_mode            = "INCREMENTAL"

foreign_source          = "CalTechETD"
remote_user             = "caltech-importer"

duplicate_policy        = "KEEP_HIGHER"
duplicate_check         = "EXACT_URL"

pre_process_section     = "nsdl_dc_pre_process"
field_defaults_section  = "nsdl_dc_field_defaults"
field_map_section       = "nsdl_dc_field_map"
post_process_section    = "nsdl_dc_post_process"

  include OAI-PMH-importer.ivia_internal.conf
  include OAI-PMH-importer.nsdl_dc.conf
`;

const NSDL = `[nsdl_dc_pre_process]
discard_invalid_urls    = true
verify_single_valid_url = true


[nsdl_dc_field_defaults]
access              = "free"
audience_levels     = "academic"
categories          = ";unknown;"
expert_created      = "true"
institutional_owner = ""
LCC                 = ""
my_infomine         = ";OAI-PMH-importer;NSDL;"
restricted_to       = ""
subjects            = ""


[nsdl_dc_field_map]
dc:contributor  = contributor
dc:creator      = creator
dc:description  = ivia_description
dc:identifier   = url
dc:publisher    = publisher
dc:subject      = keywords
dc:title        = title
dc:rights       = ivia_description
dc:type         = keywords


[nsdl_dc_post_process]
canonize_all_metadata = true
augment_title         = false
augment_categories    = false
augment_creators      = false
augment_description   = false
augment_keywords      = false
augment_lcsh          = false
must_be_valid         = false
`;

/** The manual prints no section of this file; it says that there are four of them. */
const INTERNAL = `[ivia_internal_pre_process]
discard_invalid_urls = false
[ivia_internal_field_defaults]
categories = ";unknown;"
[ivia_internal_field_map]
ivia_internal:title = title
[ivia_internal_post_process]
must_be_valid = false
`;

export const MANUAL = {
  "main.conf": MAIN,
  "OAI-PMH-importer.nsdl_dc.conf": NSDL,
  "OAI-PMH-importer.ivia_internal.conf": INTERNAL,
};
