/** M8xx: what is found when a repository is harvested by OAI-PMH. */

import { entry, ofIncomplete } from "./code-entry.js";

export const HARVEST_CODES = [
  entry(
    "M802",
    "list-begun-anew",
    "info",
    "the repository no longer knew the token of a list, which was begun anew",
    "Nothing to do; if it happens each night, ask the repository how long its tokens live.",
  ),
  entry(
    "M803",
    "list-split",
    "info",
    "a list could not be had whole and was asked for in two parts",
    "Nothing to do; window = month or year asks for parts from the start.",
  ),
  ofIncomplete(
    entry(
      "M804",
      "list-short",
      "warning",
      "the list ended before it held as many records as it had stated",
      "Compare the number with what the repository says elsewhere; --full fetches everything again.",
    ),
  ),
  entry(
    "M805",
    "list-changed",
    "info",
    "the list changed while it was fetched, so that records may have been missed, and was begun anew",
    "Nothing to do.",
  ),
  entry(
    "M806",
    "token-too-many",
    "info",
    "the last page had a token, behind which there was nothing",
    "Nothing to do; it is a fault of the repository that costs nothing.",
  ),
  entry(
    "M808",
    "text-around-document",
    "info",
    "something stands before or behind an answer and was passed over",
    "Nothing to do; tell the repository, whose program prints more than it should.",
  ),
  entry(
    "M809",
    "moved-for-good",
    "warning",
    "the repository says that it has moved for good",
    "Change base_url to the new address.",
  ),
  entry(
    "M810",
    "clock-of-repository",
    "warning",
    "the repository's date is missing, or lies far from what it was",
    "If the repository was set back to an earlier state, run once with --full.",
  ),
  entry(
    "M811",
    "outside-window",
    "info",
    "records lie outside the period that was asked for and were taken all the same",
    "Nothing to do.",
  ),
  entry(
    "M812",
    "no-identifier",
    "reject",
    "the header of the record has no identifier",
    "Tell the repository; without an identifier the record cannot be recognised again.",
  ),
  entry(
    "M813",
    "no-metadata",
    "reject",
    "the record has no metadata, and its header does not say that it is deleted",
    "Tell the repository; the record is asked for again each night.",
  ),
  entry(
    "M816",
    "deletions-not-told",
    "warning",
    "the repository does not tell all deletions",
    "Set full_every and delete_absent, so that rows that are gone there go here too.",
  ),
  entry(
    "M818",
    "changed-meanwhile",
    "info",
    "the record came a second time in one harvest, and differs; this one, which is not older, was taken",
    "Nothing to do; the repository has changed it while it was harvested, or has it differently in two sets.",
  ),
  entry(
    "M820",
    "older-rows-keep-mapping",
    "warning",
    "the rules of the mapping have changed, and rows of earlier harvests keep what the old ones made",
    "Run once with --full to map every record by the new rules.",
  ),
  entry(
    "M821",
    "disk-may-be-too-small",
    "warning",
    "the list, as long as the repository says it is, takes more room than the disk of the spool has left",
    "Free some space, or name a folder of a larger disk in spool; fetching stops before the disk is full.",
  ),
];
