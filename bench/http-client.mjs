/**
 * Asks a server of `MARC_import serve` for every number of a list, over connections that are kept:
 *
 *     node bench/http-client.mjs ADDRESS LIST CONNECTIONS
 *
 * Fails at the first answer that is none, or is another number's.
 */

import { readFileSync } from "node:fs";
import { Agent, get } from "node:http";

const [address, list, connections] = process.argv.slice(2);
const numbers = readFileSync(list, "utf8").trim().split("\n");
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
let next = 0;

function answerTo(number) {
  const url = `${address}services/book/v1/do_we_want_it/?isbn=${number}`;
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode, body }));
      response.on("error", reject);
    });
    request.on("error", reject);
  });
}

async function askOn() {
  while (next < numbers.length) {
    const number = numbers[next++];
    const { status, body } = await answerTo(number);
    if (status !== 200 || JSON.parse(body).query !== number) {
      throw new Error(`${number}: ${status} ${body}`);
    }
  }
}

await Promise.all(Array.from({ length: Number(connections) }, askOn));
agent.destroy();
