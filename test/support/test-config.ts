/** Configurations made by hand, for tests that need no configuration file. */

import type { DatabaseSettings, JobSettings } from "../../src/config/job/job-config.js";
import { managedFields } from "../../src/config/job/read-job.js";
import type { WantSettings } from "../../src/config/job/want.js";
import type {
  FieldExtractor,
  MarcConfig,
  MarcMapping,
} from "../../src/config/marc/marc-mapping.js";
import { mappedFields } from "../../src/config/marc/read-mapping.js";
import { type RecordField, STANDARD_FIELDS } from "../../src/fields/record-fields.js";
import { DEFAULT_EVIDENCE } from "../../src/matching/evidence/compare.js";
import { VETOES } from "../../src/matching/vetoes.js";

/** What a test states of its configuration; everything else has the program's defaults. */
export interface TestConfig
  extends Partial<
    Pick<
      MarcConfig,
      "priorityList" | "matchMethods" | "duplicatePolicy" | "neverIf" | "evidence" | "mappingDigest"
    >
  > {
  readonly path?: string;
  readonly settings?: Partial<JobSettings>;
  readonly database?: Partial<DatabaseSettings>;
  readonly want?: Partial<WantSettings>;
  readonly extraFields?: readonly RecordField[];
  /** Fields that a section of SearchFields fills; by default all of them. */
  readonly filled?: readonly string[];
}

const WANT: WantSettings = {
  heldSources: [],
  donationSources: [],
  partnerSources: [],
  ignoredSources: [],
  copiesField: "",
  copiesWanted: 1,
  needSecond: null,
  related: "note",
  relatedBy: ["LCCN", "OCLC_NUMBER", "ISBN"],
  relatedField: "",
  asinField: "",
  identifier: "",
  listen: { host: "127.0.0.1", port: 8080 },
};

const AT = { file: "/test.conf", line: 1 };

function extractor(field: RecordField): FieldExtractor {
  return {
    field,
    at: AT,
    initialText: "",
    initialSerialText: "",
    initialMonographText: "",
    fallbackValue: "",
    fieldJoin: ";",
    subfieldJoin: " ",
    trimPunctuation: false,
    skipNonfiling: false,
    firstOnly: false,
    unique: false,
    linkedFields: "off",
    translationMap: null,
    searchFields: [],
  };
}

function settings(fields: readonly RecordField[], stated: Partial<JobSettings>): JobSettings {
  return {
    foreignSource: "vlcrawler",
    remoteUser: "",
    expertCreated: false,
    institutionalOwner: "",
    fieldsToMerge: fields.filter((field) => field.descriptive).map((field) => field.name),
    deletes: "apply",
    maxDeletes: { kind: "default" },
    skipOlder: false,
    protectedFields: [],
    requiredFields: [],
    ...stated,
  };
}

/** A whole configuration with the stated parts; the priority list is SCP, vlcrawler, afcrawler. */
export function testConfig(stated: TestConfig = {}): MarcConfig {
  const fields = [...STANDARD_FIELDS, ...(stated.extraFields ?? [])];
  const filled = stated.filled ?? fields.map((field) => field.name);
  const ofJob = settings(fields, stated.settings ?? {});
  const mapping: MarcMapping = {
    foreignId: [],
    foreignIdFields: [{ tag: "001", subfields: "" }],
    recordTypes: ["bibliographic"],
    controlSubfields: "012456789",
    encoding: "auto",
    strict: false,
    maxRecordSize: 16 * 1024 * 1024,
    joinSplitRecords: false,
    filters: [],
    url: { at: null, fallbackPattern: "", cleanUp: "clean", searchFields: [] },
    description: {
      at: null,
      method: "standard",
      methodName: "standard",
      custom: null,
      fallbackValue: "",
    },
    extractors: fields
      .filter((field) => field.mappable && filled.includes(field.name))
      .map(extractor),
  };
  return {
    path: AT.file,
    files: [AT.file],
    logging: { verbosity: 0, directory: "/log", format: "text", maxSize: null, keep: null },
    database: {
      path: stated.path ?? "/test.sqlite",
      journal: "wal",
      fullText: [],
      batchSize: 1000,
      keepChanges: null,
      keepRecords: false,
      keepKeys: [],
      ...stated.database,
    },
    priorityList: stated.priorityList ?? ["SCP", "vlcrawler", "afcrawler"],
    matchMethods: stated.matchMethods ?? ["NONE"],
    duplicatePolicy: stated.duplicatePolicy ?? "KEEP_ALL",
    neverIf: stated.neverIf ?? VETOES,
    evidence: stated.evidence ?? DEFAULT_EVIDENCE,
    settings: ofJob,
    openLibrary: {
      profile: "schema",
      sourcePrefix: "",
      item: "",
      localId: null,
      asOpenLibrary: false,
      onlyBooks: true,
      omit: [],
    },
    want: { ...WANT, ...stated.want },
    mapping,
    fields,
    managed: managedFields({ fields, settings: ofJob }, mappedFields(mapping)),
    mappingDigest: stated.mappingDigest ?? "mapping",
    effective: [],
  };
}
