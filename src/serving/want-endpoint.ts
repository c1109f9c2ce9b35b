/** What is answered to which request, without a connection: paths, parameters, bodies. */

import type { AskedConfig } from "../config/job/want.js";
import type { Answer, AskOptions } from "../wanting/answer.js";
import { AnswerJson } from "../wanting/answer-json.js";
import { type Question, readQuestion } from "../wanting/question.js";
import { closedPage, wantPage } from "./want-page.js";

/** The path of the original service. */
const WANT_PATH = "/services/book/v1/do_we_want_it/";

/** Answers one question as of now. */
export type Ask = (question: Question, options: AskOptions) => Answer;

export interface Reply {
  readonly status: number;
  readonly type: "application/json; charset=utf-8" | "text/html; charset=utf-8";
  readonly body: string;
  /** Methods that are allowed, where another was tried. */
  readonly allow?: string;
  /** What was asked and answered, for the log; "" for nothing. */
  readonly told: string;
}

export class WantEndpoint {
  private readonly json: AnswerJson;

  constructor(
    private readonly config: Pick<AskedConfig, "want" | "fields">,
    private readonly ask: Ask,
  ) {
    this.json = new AnswerJson(config);
  }

  /** @param target path and query as they were sent */
  reply(method: string, target: string): Reply {
    const path = pathOf(target);
    const query = new URLSearchParams(target.slice(path.length + 1));
    const known = path === "/" || path === "/healthz" || `${path}/` === WANT_PATH;
    if (!known && path !== WANT_PATH) return message(404, "there is nothing at this address");
    if (method !== "GET" && method !== "HEAD") {
      return { ...message(405, "only GET is answered"), allow: "GET, HEAD" };
    }
    if (path === "/healthz") return this.health();
    return path === "/" ? this.page(query) : this.answer(query);
  }

  /** Well is who can answer: a question that needs the database is asked. */
  private health(): Reply {
    this.ask(readQuestion("9780000000002", false), { ignoreDonations: false, weeding: false });
    return message(200, "ok");
  }

  private answer(query: URLSearchParams): Reply {
    const answer = this.ask(questionOf(query), optionsOf(query));
    const body = JSON.stringify(this.json.of(answer, isOn(query, "debug")));
    return { status: 200, type: "application/json; charset=utf-8", body, told: toldOf(answer) };
  }

  private page(query: URLSearchParams): Reply {
    const options = optionsOf(query);
    const isAsked = (query.get("isbn") ?? "").trim() !== "";
    const answer = isAsked ? this.ask(questionOf(query), options) : null;
    const body = wantPage(answer, options, this.config.fields);
    return {
      status: 200,
      type: "text/html; charset=utf-8",
      body,
      told: answer === null ? "" : toldOf(answer),
    };
  }
}

function pathOf(target: string): string {
  const mark = target.indexOf("?");
  return mark < 0 ? target : target.slice(0, mark);
}

/** What is said when the database cannot be asked; to a person on the page. */
export function unavailable(target: string): Reply {
  const status = 503;
  if (pathOf(target) === "/") {
    return { status, type: "text/html; charset=utf-8", body: closedPage(), told: "" };
  }
  return message(status, "the database cannot be asked now");
}

/** The question of a request: one `isbn` or one `asin`. */
function questionOf(query: URLSearchParams): Question {
  const isbns = query.getAll("isbn");
  const asins = query.getAll("asin");
  if (isbns.length + asins.length > 1) {
    const text = [...isbns, ...asins].join(" ").slice(0, 200);
    return { kind: "invalid", text, reason: "several numbers" };
  }
  return readQuestion(isbns[0] ?? asins[0] ?? "", asins.length > 0);
}

function optionsOf(query: URLSearchParams): AskOptions {
  return {
    ignoreDonations: isOn(query, "ignore_donation_items"),
    weeding: isOn(query, "weeding"),
  };
}

function isOn(query: URLSearchParams, name: string): boolean {
  return /^(true|1|yes|on)$/i.test(query.get(name) ?? "");
}

function toldOf({ question, rule }: Answer): string {
  const asked = question.kind === "isbn" ? question.isbn : question.text.slice(0, 40);
  return `${asked} ${rule.response}`;
}

function message(status: number, text: string): Reply {
  const body = JSON.stringify({ status: status === 200 ? "ok" : "error", message: text });
  return { status, type: "application/json; charset=utf-8", body, told: "" };
}
