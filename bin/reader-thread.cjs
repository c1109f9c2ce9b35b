/** The thread that reads a file of MARC. */
"use strict";

require("./thread.cjs")("reader-thread");
