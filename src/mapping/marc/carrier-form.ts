/** What tells of the form in which a resource is read: print, microform, online … */

import type { CarrierForm } from "../../fields/record-description.js";
import { codeBits, type FieldsByTag } from "./fields-by-tag.js";

/** 008/23 (29 for maps and visual materials), form of item. */
const FORM_OF_ITEM: Readonly<Record<string, CarrierForm>> = {
  a: "microform",
  b: "microform",
  c: "microform",
  d: "large print",
  f: "braille",
  o: "online",
  q: "disk",
  r: "print",
  s: "electronic",
};

/** Words in 245 $h, 300 $a, 337, 338 and 533, the first that fits. */
const WORDS: readonly (readonly [RegExp, CarrierForm])[] = [
  [/micro(?:form|film|fiche|card|opaque|print)|mikro(?:film|fiche|form)/i, "microform"],
  [
    /online|remote|website|web site|internet|ressource en ligne|en ligne|recurso en l[ií]nea|verkkoaineisto|netz/i,
    "online",
  ],
  [/cd-?rom|dvd-?rom|computer (?:disk|disc|optical|laser)|diskette|flash drive|usb/i, "disk"],
  [/electronic|computer|elektronisch|[ée]lectronique|electr[oó]nico|streaming|pdf/i, "electronic"],
  [/braille|brail/i, "braille"],
  [/large (?:print|type)|gro(?:ß|ss)druck|gros caract/i, "large print"],
  [/^\s*(?:volume|unmediated|ohne hilfsmittel|band|nc|n|text)\s*$/i, "print"],
];

/** Texts of 245 $h, 337, 338 and 533 are few, and come again with every record. */
const KNOWN = new Map<string, CarrierForm>();
const MOST_KNOWN = 1000;

function formSaid(text: string): CarrierForm {
  let form = KNOWN.get(text);
  if (form === undefined) {
    form = formIn(text);
    if (KNOWN.size < MOST_KNOWN) KNOWN.set(text, form);
  }
  return form;
}

function formIn(text: string): CarrierForm {
  for (const [words, form] of WORDS) if (words.test(text)) return form;
  return "";
}

/** 007/00-01: category of material and its specific kind. */
function physicalForm(text: string): CarrierForm {
  switch (text[0]) {
    case "c":
      return text[1] === "r"
        ? "online"
        : text[1] === "o" || text[1] === "j"
          ? "disk"
          : "electronic";
    case "h":
      return "microform";
    case "f":
      return "braille";
    case "t":
      return text[1] === "b"
        ? "large print"
        : text[1] === "c"
          ? "braille"
          : text[1] === "a"
            ? "print"
            : "";
    default:
      return "";
  }
}

function formOfItem(leader: string, fixed: string): CarrierForm {
  const at = "efgkor".includes(leader[6]) ? 29 : 23;
  return FORM_OF_ITEM[fixed[at] ?? ""] ?? "";
}

/**
 * Every thing of a record that tells of its form, one entry each. A blank form of item tells
 * nothing: it is what is left where nobody coded it.
 *
 * @param leader 24 characters
 */
export function carrierForms(leader: string, fields: FieldsByTag): CarrierForm[] {
  const forms: CarrierForm[] = [];
  for (let field = fields.firstControl(8); field >= 0; field = fields.next(field)) {
    addForm(formOfItem(leader, fields.controlText(field)), forms);
  }
  for (let field = fields.firstControl(7); field >= 0; field = fields.next(field)) {
    addForm(physicalForm(fields.controlText(field)), forms);
  }
  const extents: string[] = [];
  fields.addAll(300, A, extents);
  for (let at = 0; at < extents.length; at++) addForm(extentForm(extents[at]), forms);
  const said: string[] = [];
  fields.addAll(245, H, said);
  fields.addAll(337, AB, said);
  fields.addAll(338, AB, said);
  fields.addAll(533, A, said);
  for (let at = 0; at < said.length; at++) addForm(formSaid(said[at]), forms);
  return forms;
}

const A = codeBits("a");
const AB = codeBits("ab");
const H = codeBits("h");

function addForm(form: CarrierForm, forms: CarrierForm[]): void {
  if (form !== "") forms.push(form);
}

/** Something of every word list: most extents name pages alone. */
const OTHER_CARRIER =
  /micro|mikro|online|remote|web|net|en l|verkko|rom|dis[kc]|drive|usb|elec|elek|compu|stream|pdf|braille|large|dru[ck]|gros|volume|unmed|ohne|band|nc|n|text/i;

/** What 300 $a tells: pages without a word of another carrier are of paper. */
export function extentForm(extent: string): CarrierForm {
  return (OTHER_CARRIER.test(extent) ? formIn(extent) : "") || printed(extent);
}

function printed(extent: string): CarrierForm {
  return /\d\s*(?:p|pages|leaves|l|v|volumes|s|seiten)\b/i.test(extent) ? "print" : "";
}
