/**
 * The library (docs/library.md), out of the program's own bundle; for `import` and `require` alike. The
 * names stand here one by one, since that is how `import` finds them.
 */
"use strict";

const library = require("./load-bundle.cjs").loadBundle("program").exports.library();

exports.ConfigErrors = library.ConfigErrors;
exports.Failure = library.Failure;
exports.changesOf = library.changesOf;
exports.createRecordMapper = library.createRecordMapper;
exports.findRun = library.findRun;
exports.importFiles = library.importFiles;
exports.listRuns = library.listRuns;
exports.loadConfiguration = library.loadConfiguration;
exports.readRecords = library.readRecords;
exports.undoRun = library.undoRun;
exports.version = library.version;
