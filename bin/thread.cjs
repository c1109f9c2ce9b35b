/** A reading thread, by the name of its bundle; a parent that has heard of its end may end it, so that all is kept before. */
"use strict";

const { parentPort } = require("node:worker_threads");
const { loadBundle } = require("./load-bundle.cjs");

module.exports = function run(name) {
  const { compiled, keepCompiled } = loadBundle(name);
  if (!compiled) return;
  const post = parentPort.postMessage.bind(parentPort);
  parentPort.postMessage = (message) => {
    if (message.kind === "end") keepCompiled();
    post(message);
  };
};
