/**
 * One night with two vendors: the same works over and over, as records that are the same, that may be, and that only
 * look so. `first` and `second` are the outcomes of the first and the second run of etc/duplicates.conf.
 */

const NEW = { first: "created", second: "unchanged" };
/** The same as a record before it, so that no row is made. */
const AGAIN = { first: "ignored", second: "ignored" };

/** @param lines what follows on 001; a leader first where it is no book */
function record(outcome, id, shows, lines) {
  const [, leader = "LDR cam a", rest] = /^(LDR [^\n]*)?\s*(.*)$/s.exec(lines);
  return { ...outcome, shows, lines: `${leader}\n001 ${id}\n${rest}` };
}

export const DUPLICATES = [
  record(
    NEW,
    "du-01",
    "a textbook in its second edition",
    `008 =s 1996 #### mau eng
      010 ## $a   96017756
      020 ## $a0262011530 (hc : alk. paper)
      100 1# $aAbelson, Harold.
      245 10 $aStructure and interpretation of computer programs /$cHarold Abelson and Gerald Jay Sussman, with Julie Sussman.
      250 ## $a2nd ed.
      260 ## $aCambridge, Mass. :$bMIT Press,$cc1996.
      300 ## $axxiii, 657 p. :$bill. ;$c24 cm.
      700 1# $aSussman, Gerald Jay.`,
  ),
  record(
    AGAIN,
    "du-02",
    "the same by RDA, without a number: abbreviations are written out",
    `008 =s 1996 #### mau eng
      100 1# $aAbelson, Harold,$eauthor.
      245 10 $aStructure & interpretation of computer programs /$cHarold Abelson, Gerald Jay Sussman.
      250 ## $aSecond edition.
      264 #1 $aCambridge, Massachusetts :$bThe MIT Press,$c1996.
      300 ## $a657 pages :$billustrations ;$c25 cm
      338 ## $avolume$bnc$2rdacarrier`,
  ),
  record(
    NEW,
    "du-03",
    "its first edition, of another year",
    `008 =s 1985 #### mau eng
      020 ## $a0262010771
      100 1# $aAbelson, Harold.
      245 10 $aStructure and interpretation of computer programs /$cHarold Abelson and Gerald Jay Sussman, with Julie Sussman.
      260 ## $aCambridge, Mass. :$bMIT Press,$cc1985.
      300 ## $axx, 542 p. :$bill. ;$c24 cm.
      700 1# $aSussman, Gerald Jay.`,
  ),
  record(
    NEW,
    "du-04",
    "the second edition online, with the ISBN of the printed book",
    `008 =s 1996 #### mau eng o
      020 ## $a0262011530
      100 1# $aAbelson, Harold,$eauthor.
      245 10 $aStructure and interpretation of computer programs /$cHarold Abelson and Gerald Jay Sussman.
      250 ## $a2nd ed.
      264 #1 $aCambridge, Mass. :$bMIT Press,$c1996.
      300 ## $a1 online resource (xxiii, 657 pages)
      338 ## $aonline resource$bcr$2rdacarrier`,
  ),
  record(
    AGAIN,
    "du-05",
    "the online edition once more, from the other vendor",
    `007 cr
      008 =s 1996 #### mau eng o
      100 1# $aAbelson, Harold.
      245 10 $aStructure and interpretation of computer programs$h[electronic resource] /$cHarold Abelson and Gerald Jay Sussman.
      250 ## $aSecond edition.
      260 ## $aCambridge, Mass. :$bMIT Press,$c1996.
      300 ## $a1 online resource (657 p.)`,
  ),
  record(
    NEW,
    "du-06",
    "the first volume of a work",
    `008 =s 1997 #### mau eng
      020 ## $a0201896834
      100 1# $aKnuth, Donald Ervin,$d1938-
      245 14 $aThe art of computer programming.$nVol. 1,$pFundamental algorithms /$cDonald E. Knuth.
      250 ## $a3rd ed.
      260 ## $aReading, Mass. :$bAddison-Wesley,$c1997.
      300 ## $axx, 650 p. ;$c24 cm.`,
  ),
  record(
    NEW,
    "du-07",
    "its second volume",
    `008 =s 1997 #### mau eng
      020 ## $a0201896842
      100 1# $aKnuth, Donald Ervin,$d1938-
      245 14 $aThe art of computer programming.$nVol. 2,$pSeminumerical algorithms /$cDonald E. Knuth.
      250 ## $a3rd ed.
      260 ## $aReading, Mass. :$bAddison-Wesley,$c1997.
      300 ## $axiii, 762 p. ;$c24 cm.`,
  ),
  record(
    AGAIN,
    "du-08",
    "the first volume, its number in Roman numerals and in German",
    `008 =s 1997 #### mau eng
      100 1# $aKnuth, Donald E.
      245 14 $aThe art of computer programming.$nBand I,$pFundamental algorithms /$cDonald E. Knuth.
      250 ## $a3. ed.
      260 ## $aReading, Mass. :$bAddison-Wesley,$c1997.
      300 ## $aXX, 650 S.`,
  ),
  record(
    NEW,
    "du-09",
    "all volumes as one record: the whole against its parts",
    `008 =s 1997 #### mau eng
      100 1# $aKnuth, Donald Ervin,$d1938-
      245 14 $aThe art of computer programming /$cDonald E. Knuth.
      250 ## $a3rd ed.
      260 ## $aReading, Mass. :$bAddison-Wesley,$c1997.
      300 ## $a3 v. ;$c24 cm.`,
  ),
  record(
    NEW,
    "du-10",
    "a novel",
    `008 =s 1995 #### enk eng
      020 ## $a0261103342
      100 1# $aTolkien, J. R. R.$q(John Ronald Reuel),$d1892-1973.
      245 14 $aThe hobbit, or, There and back again /$cJ.R.R. Tolkien.
      260 ## $aLondon :$bHarperCollins,$c1995.
      300 ## $a310 p. ;$c20 cm.`,
  ),
  record(
    NEW,
    "du-11",
    "a later printing of it, with another ISBN",
    `008 =s 2011 #### enk eng
      020 ## $a9780007458424
      100 1# $aTolkien, J. R. R.$q(John Ronald Reuel),$d1892-1973.
      245 14 $aThe hobbit, or, There and back again /$cJ.R.R. Tolkien.
      260 ## $aLondon :$bHarperCollins,$c2011.
      300 ## $a310 p. ;$c20 cm.`,
  ),
  record(
    AGAIN,
    "du-12",
    "the first printing, catalogued by its short title",
    `008 =s 1995 #### enk eng
      020 ## $a9780261103344
      100 1# $aTolkien, J. R. R.,$d1892-1973,$eauthor.
      245 14 $aThe hobbit /$cJ.R.R. Tolkien.
      264 #1 $aLondon :$bHarperCollins Publishers,$c1995.
      300 ## $a310 pages ;$c20 cm`,
  ),
  record(
    NEW,
    "du-13",
    "the novel in large print",
    `008 =s 1995 #### enk eng d
      020 ## $a0261103342
      100 1# $aTolkien, J. R. R.$q(John Ronald Reuel),$d1892-1973.
      245 14 $aThe hobbit, or, There and back again$h[large print] /$cJ.R.R. Tolkien.
      260 ## $aLondon :$bHarperCollins,$c1995.
      300 ## $a310 p. (large print) ;$c20 cm.`,
  ),
  record(
    NEW,
    "du-14",
    "the novel read aloud (leader/06 i)",
    `LDR cim a
      007 sd
      008 =s 1995 #### enk eng
      100 1# $aTolkien, J. R. R.$q(John Ronald Reuel),$d1892-1973.
      245 14 $aThe hobbit, or, There and back again /$cJ.R.R. Tolkien.
      260 ## $aLondon :$bHarperCollins,$c1995.
      300 ## $a4 sound discs`,
  ),
  record(
    NEW,
    "du-15",
    "a journal",
    `LDR cas a
      008 =c 1869 9999 enk eng
      022 0# $a0028-0836
      245 00 $aNature.
      260 ## $aLondon :$bMacmillan Journals,$c1869-
      300 ## $av. :$bill. ;$c28 cm.`,
  ),
  record(
    AGAIN,
    "du-16",
    "the journal once more",
    `LDR cas a
      008 =c 1869 9999 enk eng
      022 ## $a0028-0836
      245 00 $aNature.
      264 #1 $aLondon :$bMacmillan,$c1869-
      300 ## $avolumes :$billustrations ;$c28 cm`,
  ),
  record(
    NEW,
    "du-17",
    "a book of the journal's title",
    `008 =s 1836 #### mau eng
      100 1# $aEmerson, Ralph Waldo,$d1803-1882.
      245 10 $aNature.
      260 ## $aBoston :$bJ. Munroe,$c1836.
      300 ## $a95 p. ;$c20 cm.`,
  ),
  record(
    AGAIN,
    "du-18",
    "the book, its author under the name in direct order",
    `008 =s 1836 #### mau eng
      100 1# $aEmerson, Ralph Waldo.
      245 10 $aNature /$cby Ralph Waldo Emerson.
      260 ## $aBoston :$bJames Munroe and company,$c1836.
      300 ## $a95 p. ;$c20 cm.`,
  ),
  record(
    NEW,
    "du-19",
    "a map sheet",
    `LDR cem a
      007 aj canzn
      008 =s 1958 #### dcu eng
      035 ## $a(OCoLC)5550001
      110 2# $aGeological Survey (U.S.)
      245 10 $aYosemite Valley quadrangle, California.
      260 ## $aWashington, D.C. :$bThe Survey,$c1958.
      300 ## $a1 map ;$c60 x 50 cm.`,
  ),
  record(
    NEW,
    "du-20",
    "another sheet of the series, with the OCLC number of all of them",
    `LDR cem a
      007 aj canzn
      008 =s 1958 #### dcu eng
      035 ## $a(OCoLC)5550001
      110 2# $aGeological Survey (U.S.)
      245 10 $aYosemite Falls quadrangle, California.
      260 ## $aWashington, D.C. :$bThe Survey,$c1958.
      300 ## $a1 map ;$c60 x 50 cm.`,
  ),
  record(
    NEW,
    "du-21",
    "a score",
    `LDR ccm a
      008 =s 1979 #### gw# ger
      100 1# $aSchubert, Franz,$d1797-1828.
      245 14 $aDie Winterreise :$bop. 89, D 911 /$cFranz Schubert.
      260 ## $aKassel :$bBärenreiter,$c1979.
      300 ## $a96 p. ;$c31 cm.`,
  ),
  record(
    NEW,
    "du-22",
    "a recording of what the score is of",
    `LDR cjm a
      007 sd
      008 =s 1979 #### gw# ger
      100 1# $aSchubert, Franz,$d1797-1828.
      245 14 $aDie Winterreise :$bop. 89, D 911 /$cFranz Schubert.
      260 ## $aKassel :$bBärenreiter,$c1979.
      300 ## $a2 sound discs`,
  ),
  record(
    NEW,
    "du-23",
    "a novel in Cyrillic letters",
    `008 =s 1999 #### ru# rus
      020 ## $a5170118031
      100 1# $aБулгаков, Михаил,$d1891-1940.
      245 10 $aМастер и Маргарита :$bроман /$cМихаил Булгаков.
      260 ## $aМосква :$bАСТ,$c1999.
      300 ## $a480 с. ;$c21 см.`,
  ),
  record(
    AGAIN,
    "du-24",
    "the same, transliterated",
    `008 =s 1999 #### ru# rus
      020 ## $a9785170118038
      100 1# $aBulgakov, Mikhail,$d1891-1940.
      245 10 $aMaster i Margarita :$broman /$cMikhail Bulgakov.
      260 ## $aMoskva :$bAST,$c1999.
      300 ## $a480 p. ;$c21 cm.`,
  ),
  record(
    NEW,
    "du-25",
    "a report of one year",
    `008 =s 1998 #### dcu eng
      110 1# $aUnited States.$bForest Service.
      245 10 $aReport of the Forest Service, fiscal year 1998.
      260 ## $aWashington, D.C. :$bThe Service,$c1998.
      300 ## $a120 p. ;$c28 cm.`,
  ),
  record(
    NEW,
    "du-26",
    "the report of the next year, printed in the same",
    `008 =s 1998 #### dcu eng
      110 1# $aUnited States.$bForest Service.
      245 10 $aReport of the Forest Service, fiscal year 1999.
      260 ## $aWashington, D.C. :$bThe Service,$c1998.
      300 ## $a124 p. ;$c28 cm.`,
  ),
  record(
    NEW,
    "du-27",
    "a hearing, with its SuDoc number",
    `008 =s 1998 #### dcu eng
      086 0# $aY 4.AG 8/1:105-41
      110 1# $aUnited States.$bCongress.$bHouse.$bCommittee on Agriculture.
      245 10 $aForest health :$bhearing before the Committee on Agriculture, House of Representatives.
      260 ## $aWashington :$bU.S. G.P.O.,$c1998.
      300 ## $aiii, 88 p. ;$c24 cm.`,
  ),
  record(
    NEW,
    "du-28",
    "another hearing of that title and year",
    `008 =s 1998 #### dcu eng
      086 0# $aY 4.AG 8/1:105-52
      110 1# $aUnited States.$bCongress.$bHouse.$bCommittee on Agriculture.
      245 10 $aForest health :$bhearing before the Committee on Agriculture, House of Representatives.
      260 ## $aWashington :$bU.S. G.P.O.,$c1998.
      300 ## $aiii, 95 p. ;$c24 cm.`,
  ),
  record(
    NEW,
    "du-29",
    "a thesis",
    `008 =s 1971 #### miu eng
      100 1# $aRivers, Anne.
      245 10 $aPlankton of the northern lakes /$cAnne Rivers.
      260 ## $aAnn Arbor,$c1971.
      300 ## $avi, 210 leaves ;$c28 cm.`,
  ),
  record(
    NEW,
    "du-30",
    "the thesis on microfilm",
    `007 hd
      008 =s 1971 #### miu eng a
      100 1# $aRivers, Anne.
      245 10 $aPlankton of the northern lakes$h[microform] /$cAnne Rivers.
      260 ## $aAnn Arbor,$c1971.
      300 ## $avi, 210 leaves.
      533 ## $aMicrofilm.$bAnn Arbor :$cUniversity Microfilms.`,
  ),
  record(
    NEW,
    "du-31",
    "a classic by one publisher",
    `008 =s 1994 #### enk eng
      100 1# $aMelville, Herman,$d1819-1891.
      245 10 $aMoby Dick, or, The whale /$cHerman Melville.
      260 ## $aLondon :$bPenguin,$c1994.
      300 ## $a536 p. ;$c18 cm.`,
  ),
  record(
    NEW,
    "du-32",
    "the classic by another publisher elsewhere, in the same year",
    `008 =s 1994 #### nyu eng
      100 1# $aMelville, Herman,$d1819-1891.
      245 10 $aMoby Dick, or, The whale /$cHerman Melville.
      260 ## $aNew York :$bNorton,$c1994.
      300 ## $a536 p. ;$c18 cm.`,
  ),
  record(
    NEW,
    "du-33",
    "the classic in French",
    `008 =s 1994 #### fr# fre
      100 1# $aMelville, Herman,$d1819-1891.
      245 10 $aMoby Dick /$cHerman Melville ; traduit de l'anglais.
      260 ## $aParis :$bGallimard,$c1994.
      300 ## $a741 p. ;$c18 cm.`,
  ),
  record(
    NEW,
    "du-34",
    "a German book",
    `008 =s 1988 #### gw# ger
      100 1# $aSchopenhauer, Arthur,$d1788-1860.
      245 14 $aDie Welt als Wille und Vorstellung /$cArthur Schopenhauer.
      250 ## $a2. Aufl.
      260 ## $aZürich :$bHaffmans,$c1988.
      300 ## $a737 S. ;$c21 cm.`,
  ),
  record(
    AGAIN,
    "du-35",
    "the same as an English-speaking library describes it",
    `008 =s 1988 #### gw# ger
      100 1# $aSchopenhauer, Arthur,$d1788-1860,$eauthor.
      245 14 $aDie Welt als Wille und Vorstellung /$cSchopenhauer.
      250 ## $aZweite Auflage.
      264 #1 $aZürich :$bHaffmans Verlag,$c[1988]
      300 ## $a737 pages ;$c21 cm`,
  ),
  record(
    AGAIN,
    "du-36",
    "a record of hardly more than a title, which nothing contradicts",
    `008 =s 1988 #### gw# ger
      245 14 $aDie Welt als Wille und Vorstellung.`,
  ),
  record(
    NEW,
    "du-37",
    "a book of essays",
    `008 =s 2001 #### enk eng
      020 ## $a0198752598 (v. 1 : pbk.)
      020 ## $a0198752717 (set)
      100 1# $aHill, Mary.
      245 10 $aEssays on rivers /$cMary Hill.
      260 ## $aOxford :$bOxford University Press,$c2001.
      300 ## $a300 p. ;$c22 cm.`,
  ),
  record(
    NEW,
    "du-38",
    "other essays with an ISBN that was printed in both by mistake",
    `008 =s 2004 #### enk eng
      020 ## $a0198752717
      100 1# $aDale, Peter.
      245 10 $aStudies of mountains /$cPeter Dale.
      260 ## $aLondon :$bLongman,$c2004.
      300 ## $a210 p. ;$c24 cm.`,
  ),
  record(
    AGAIN,
    "du-39",
    "a misprint in the title, and the year off by one, but the same LCCN",
    `008 =s 1995 #### mau eng
      010 ## $a   96017756
      100 1# $aAbelson, Harold.
      245 10 $aStructure and interpretaton of computer programs /$cHarold Abelson and Gerald Jay Sussman.
      250 ## $a2nd ed.
      260 ## $aCambridge, Mass. :$bMIT Press,$cc1995.
      300 ## $axxiii, 657 p. :$bill. ;$c24 cm.`,
  ),
  record(
    NEW,
    "du-40",
    "an article in the journal (leader/07 a)",
    `LDR caa a
      008 =s 1953 #### enk eng
      100 1# $aWatson, James D.
      245 10 $aMolecular structure of nucleic acids /$cJ.D. Watson and F.H.C. Crick.
      300 ## $ap. 737-738.
      773 0# $tNature$x0028-0836`,
  ),
];

/**
 * The pairs of which DESCRIPTION calls the records the same, or possible duplicates with what holds them back; and of
 * those that only look alike the ones that something forbids. All other pairs are different by their points.
 */
export const PAIRS = [
  ["du-01", "du-02", "same", ""],
  ["du-01", "du-39", "same", ""],
  ["du-02", "du-39", "possible", "year"],
  ["du-01", "du-04", "different", "form"],
  ["du-02", "du-05", "different", "form"],
  ["du-04", "du-05", "same", ""],
  ["du-06", "du-07", "different", "part"],
  ["du-06", "du-08", "same", ""],
  ["du-06", "du-09", "possible", "part against whole"],
  ["du-07", "du-09", "possible", "part against whole"],
  ["du-08", "du-09", "possible", "part against whole"],
  ["du-10", "du-11", "possible", "year"],
  ["du-10", "du-12", "same", ""],
  ["du-10", "du-13", "different", "form"],
  ["du-10", "du-14", "different", "type"],
  ["du-15", "du-16", "same", ""],
  ["du-15", "du-17", "different", "level"],
  ["du-17", "du-18", "same", ""],
  ["du-19", "du-20", "possible", "weak title"],
  ["du-21", "du-22", "different", "type"],
  ["du-23", "du-24", "same", ""],
  ["du-25", "du-26", "possible", "title numbers, weak title"],
  ["du-27", "du-28", "possible", "sudoc"],
  ["du-29", "du-30", "different", "form"],
  ["du-31", "du-32", "possible", "publisher elsewhere"],
  ["du-34", "du-35", "same", ""],
  ["du-34", "du-36", "same", ""],
  ["du-35", "du-36", "same", ""],
];
