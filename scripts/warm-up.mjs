/** Runs the program as bin/MARC_import does, then keeps what V8 has made of it. */

import { keepCompiledForm, loadBundle } from "../bin/load-bundle.mjs";

const { exports, script } = loadBundle("program");
process.exitCode = await exports.main(process.argv.slice(2));
keepCompiledForm("program", script);
