/** Reads what is asked of a repository, and how, from its section. */

import type { KeySpec } from "../language/key-spec.js";
import { ValueError } from "../language/problems.js";
import type { SectionReader } from "../language/section-reader.js";
import type { HarvestSettings } from "./harvest-config.js";
import { MANNERS, REPOSITORY } from "./harvest-keys.js";

/** Where somebody might write a secret into the file. */
const SECRETS = ["password", "passwd", "pass", "api_key", "apikey", "token", "secret"];

/** Reports keys that would hold a secret, else those that are not known. */
export function refuseSecrets(reader: SectionReader): void {
  const secrets = reader.others().filter(({ key }) => SECRETS.includes(key.toLowerCase()));
  for (const entry of secrets) {
    reader.report(
      entry,
      new ValueError(
        `${entry.key}: a secret does not stand in a configuration, which is copied, mailed and kept in repositories`,
        "username = NAME and password_file = FILE; header_file = FILE for an API key",
        "put it on the first line of a file of its own, run chmod 600 on that file, and name it here; and change the secret if others have read this file",
        true,
      ),
    );
  }
  if (secrets.length === 0) reader.refuseOthers();
}

/** Reports what a section lacks, at its header. */
export function reportMissing(reader: SectionReader, spec: KeySpec<unknown>, advice: string): void {
  const { section, reading, name } = reader;
  reading.problems.add(section?.order ?? 0, {
    at: section?.at ?? null,
    found: section?.text ?? "",
    problem: `${spec.name} is not stated in [${name}]`,
    allowed: `${spec.name} = ${spec.type.allowed}`,
    advice,
  });
}

function required(reader: SectionReader, spec: KeySpec<string>, advice: string): string {
  if (reader.entry(spec) === null) reportMissing(reader, spec, advice);
  return reader.read(spec) ?? "";
}

/** What the section says of asking; what must be stated and is not is reported. */
export function readHarvest(reader: SectionReader): HarvestSettings {
  return {
    baseUrl: required(reader, REPOSITORY.base_url, "write where the repository answers"),
    sets: reader.read(REPOSITORY.sets),
    metadataPrefix: required(
      reader,
      REPOSITORY.metadata_prefix,
      "write the format to ask for; every repository has oai_dc",
    ),
    mode: reader.read(REPOSITORY.harvest_mode),
    deleteAbsent: reader.read(REPOSITORY.delete_absent),
    foreignId: reader.read(REPOSITORY.foreign_id),
    strict: reader.read(REPOSITORY.strict),
    username: reader.read(REPOSITORY.username),
    passwordFile: readPassword(reader),
    header: reader.read(REPOSITORY.header),
    headerFile: reader.read(REPOSITORY.header_file),
    overlapMs: reader.read(MANNERS.overlap),
    fullEveryMs: reader.read(MANNERS.full_every),
    window: reader.read(MANNERS.window),
    granularity: reader.read(MANNERS.granularity),
    delayMs: reader.read(MANNERS.delay),
    timeoutMs: reader.read(MANNERS.timeout),
    idleTimeoutMs: reader.read(MANNERS.idle_timeout),
    retries: reader.read(MANNERS.retries),
    maxWaitMs: reader.read(MANNERS.max_wait),
    maxPageSize: reader.read(MANNERS.max_page_size),
    keepPagesMs: reader.read(MANNERS.keep_pages),
    spool: reader.read(MANNERS.spool),
    method: reader.read(MANNERS.method),
    tokenAsIs: reader.read(MANNERS.token_as_is),
    ignoreListSize: reader.read(MANNERS.ignore_list_size),
    caFile: reader.read(MANNERS.ca_file),
    proxy: reader.read(MANNERS.proxy),
    contact: reader.read(MANNERS.contact),
  };
}

/** A name and a password go together. */
function readPassword(reader: SectionReader): string | null {
  const { username, password_file } = REPOSITORY;
  const [name, file] = [reader.entry(username), reader.entry(password_file)];
  const lone = name === null ? file : file === null ? name : null;
  if (lone !== null && lone.value !== "") {
    const [here, other] = lone === name ? [username, password_file] : [password_file, username];
    reader.report(
      lone,
      new ValueError(
        `${here.name} is stated without ${other.name}`,
        "username and password_file, or neither",
        `write ${other.name} = … too, or delete the line`,
      ),
    );
  }
  return reader.read(password_file);
}
