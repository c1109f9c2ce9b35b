import fc from "fast-check";

const PIECES = [
  ..."http: https: ftp: mailto: HTTP: // / \\ : @ ? # & ; = % %2 %2e %7e %3B %41 %zz . .. /./ /../".split(
    " ",
  ),
  ..."www. www2. nzdl.org EXAMPLE.com :80 :443 :0 [::1] index.html welcome.php main.asp a.aspx".split(
    " ",
  ),
  ..."jsessionid=0123456789abcdef sid=0123456789abcdef01 cfid=1 cftoken=2".split(" "),
  ..."(S(4hqa0555fwsecu455xqckv45)) é 日本 ~ { < | a 1".split(" "),
  " ",
  "\t",
  "\0",
  "\ud800",
];

const anything = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 4 })), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(""));

/** Texts made of the pieces on which URL code trips, half of them behind a scheme and a host. */
export const urlish = fc.oneof(
  anything,
  anything.map((text) => `http://nzdl.org/${text}`),
);
