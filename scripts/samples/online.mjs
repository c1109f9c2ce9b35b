/**
 * Electronic resources and their addresses: records 38 to 44 of the sample catalogue.
 */

/** What becomes of an ordinary record: made in the first run, found as it was in the second. */
const ORDINARY = { first: "created", second: "unchanged" };

export const ONLINE = [
  {
    ...ORDINARY,
    shows:
      "an electronic book: the term in brackets is cut, its colon kept; place of the text (856 40)",
    lines: `
      LDR cam a
      001 sm-038
      005 20240115093000.0
      007 cr |||
      008 =s 1998 #### ilu eng o
      100 1# $aDarwin, Charles,$d1809-1882.
      245 10 $aOn the origin of species by means of natural selection$h[electronic resource] :$bor the preservation of favoured races in the struggle for life /$cby Charles Darwin.
      260 ## $aUrbana, Ill. :$bProject Gutenberg,$c1998.
      650 #0 $aEvolution (Biology)
      650 #0 $aNatural selection.
      793 0# $aProject Gutenberg.
      856 40 $uhttps://www.gutenberg.org/ebooks/1228`,
  },
  {
    ...ORDINARY,
    shows: "a web site, by its address",
    lines: `
      LDR cai a
      001 sm-039
      005 20240115093000.0
      008 =c 1997 9999 nz# eng o
      245 00 $aNew Zealand Digital Library.
      260 ## $aHamilton, N.Z. :$bUniversity of Waikato,$c1997-
      650 #0 $aDigital libraries$zNew Zealand.
      856 40 $uhttp://www.nzdl.org/`,
  },
  {
    ...ORDINARY,
    shows:
      "the same site under another form of the address: a duplicate by FUZZY_URL, not by FUZZY_TITLE",
    lines: `
      LDR cai a
      001 sm-040
      005 20240115093000.0
      008 =c 1997 9999 nz# eng o
      245 00 $aNZDL, the digital library of the University of Waikato.
      856 40 $uhttp://nzdl.org/welcome.html`,
  },
  {
    ...ORDINARY,
    shows: "a page of that site, which is another resource by every method",
    lines: `
      LDR cai a
      001 sm-041
      005 20240115093000.0
      008 =c 1997 9999 nz# eng o
      245 00 $aComputer science technical reports.
      856 40 $uhttp://www.nzdl.org/cstr/`,
  },
  {
    ...ORDINARY,
    shows:
      "only a related address (856 42): it goes to other_urls, and the url is made by the fallback pattern",
    lines: `
      LDR cam a
      001 sm-042
      005 20240115093000.0
      008 =s 1997 #### nyu eng
      020 ## $a0393317552
      100 1# $aDiamond, Jared M.
      245 10 $aGuns, germs, and steel :$bthe fates of human societies /$cJared Diamond.
      260 ## $aNew York :$bNorton,$c1999, c1997.
      650 #0 $aSocial evolution.
      856 42 $3Publisher's page$uhttps://wwnorton.com/books/9780393317558`,
  },
  {
    ...ORDINARY,
    shows: "three addresses: the resource (40) is the url although it comes last",
    lines: `
      LDR cam i
      001 sm-043
      005 20240115093000.0
      007 cr |||
      008 =s 1998 #### ilu eng o
      100 1# $aAusten, Jane,$d1775-1817.
      245 10 $aPersuasion /$cJane Austen.
      264 #1 $aUrbana, Ill. :$bProject Gutenberg,$c1998.
      336 ## $atext$btxt$2rdacontent
      338 ## $aonline resource$bcr$2rdacarrier
      856 42 $3About the author$uhttps://www.janeausten.org/
      856 41 $zFirst edition, page images$uhttps://archive.org/details/northangerabbey00aust
      856 40 $uhttps://www.gutenberg.org/ebooks/105`,
  },
  {
    ...ORDINARY,
    shows: "an untidy address: no scheme, capitals, a default port, a blank; cleaned",
    lines: `
      LDR cam a
      001 sm-044
      005 20240115093000.0
      008 =s 1993 #### ilu eng o
      100 1# $aShelley, Mary Wollstonecraft,$d1797-1851.
      245 10 $aFrankenstein, or, The modern Prometheus /$cMary Shelley.
      260 ## $aUrbana, Ill. :$bProject Gutenberg,$c1993.
      650 #0 $aScientists$vFiction.
      856 40 $uWWW.Gutenberg.org:80/ebooks/../ebooks/84 `,
  },
];
