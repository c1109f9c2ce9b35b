/** What repositories do wrong, in parts: faults to be put together. Pages are of ten records. */

import { type Fault, offsetOf } from "./oai-repository.js";

const PAGE = 10;

/** Lists alone are answered with it. */
export function inLists(fault: Fault): Fault {
  return (body, asked, response) =>
    asked.arguments.verb === "ListRecords" ? fault(body, asked, response) : body;
}

/** The page of that number alone, one-based, as often as said. */
export function onPage(page: number, fault: Fault, times = Number.POSITIVE_INFINITY): Fault {
  let left = times;
  return inLists((body, asked, response) => {
    if (offsetOf(asked) !== (page - 1) * PAGE || left === 0) return body;
    left--;
    return fault(body, asked, response);
  });
}

export function withStatus(
  status: number,
  headers: Record<string, string> = {},
  text = "no",
): Fault {
  return (_body, _asked, response) => {
    response.writeHead(status, headers);
    return text;
  };
}

/** Other content behind the request. */
export function inAnswer(content: string): Fault {
  return (body) => body.replace(/<\/request>[\s\S]*$/, `</request>${content}</OAI-PMH>`);
}

const TOKEN = /<resumptionToken[\s\S]*?(?:\/>|<\/resumptionToken>)/;

/** Changes the element of the token. */
export function withToken(change: (element: string) => string): Fault {
  return (body) => body.replace(TOKEN, change);
}

/** Puts the element of the token elsewhere: behind a tag. */
export function tokenBehind(tag: string): Fault {
  return (body) => {
    const token = TOKEN.exec(body)?.[0] ?? "";
    return body.replace(TOKEN, "").replace(tag, (found) => {
      return `${found}${token}`;
    });
  };
}

/** States another size of the list. */
export function withSize(size: string | ((offset: number) => number)): Fault {
  return inLists((body, asked) => {
    const stated = typeof size === "string" ? size : size(offsetOf(asked));
    return body.replace(/completeListSize="\d+"/, `completeListSize="${stated}"`);
  });
}

/** A last page that has a token, too, and what comes behind it. */
export function behindTheEnd(then: Fault): Fault {
  return (body, asked, response) => {
    if (asked.arguments.resumptionToken === "end") return then(body, asked, response);
    return body.replace(/(<resumptionToken[^>]*)\/>/, "$1>end</resumptionToken>");
  };
}
