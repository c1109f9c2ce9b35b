/** The namespaces of metadata formats, and the prefixes that field maps call them by. */

const NSDL = "http://ns.nsdl.org/nsdl_dc_v1";

/** Elements of the program's own format, one for each record field. */
export const IVIA_INTERNAL = "urn:marc-import:ivia_internal";

/** What a prefix of a field map means unless [namespaces] says otherwise. */
export const KNOWN_PREFIXES: Readonly<Record<string, readonly string[]>> = {
  dc: ["http://purl.org/dc/elements/1.1/"],
  dct: ["http://purl.org/dc/terms/"],
  dcterms: ["http://purl.org/dc/terms/"],
  oai_dc: ["http://www.openarchives.org/OAI/2.0/oai_dc/"],
  nsdl_dc: [`${NSDL}.00/`, `${NSDL}.01/`, `${NSDL}.02/`, `${NSDL}.03/`],
  lar: ["http://ns.nsdl.org/schemas/dc/lar"],
  ieee: ["http://www.ieee.org/xsd/LOMv1p0"],
  marc: ["http://www.loc.gov/MARC21/slim"],
  ivia_internal: [IVIA_INTERNAL],
};

/** A namespace without what is written now so and now otherwise: its scheme, its case, signs at its end. */
export function plainNamespace(namespace: string): string {
  return namespace
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/[/#]+$/, "");
}
