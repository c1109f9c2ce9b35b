/** The thread that reads a harvested list. */
"use strict";

require("./thread.cjs")("list-thread");
