/** Runs the reading thread, and keeps what V8 has made of it before the parent hears of the end. */

import { parentPort } from "node:worker_threads";
import { keepCompiledForm, loadBundle } from "../bin/load-bundle.mjs";

const post = parentPort.postMessage.bind(parentPort);
parentPort.postMessage = (message) => {
  if (message.kind === "end") keepCompiledForm("reader-thread", script);
  post(message);
};
const { script } = loadBundle("reader-thread");
