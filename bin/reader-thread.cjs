/** The reading thread; a parent that has heard of its end may end it, so that all is kept before. */
"use strict";

const { parentPort } = require("node:worker_threads");
const { loadBundle } = require("./load-bundle.cjs");

const { compiled, keepCompiled } = loadBundle("reader-thread");
if (compiled) {
  const post = parentPort.postMessage.bind(parentPort);
  parentPort.postMessage = (message) => {
    if (message.kind === "end") keepCompiled();
    post(message);
  };
}
