/**
 * Books, records 1 to 13 of the sample catalogue. `first` and `second` are the outcomes of the first and
 * the second run of etc/sample.conf.
 */

/** What becomes of an ordinary record: made in the first run, found as it was in the second. */
const ORDINARY = { first: "created", second: "unchanged" };

export const BOOKS = [
  {
    ...ORDINARY,
    shows: "a book by the older rules (AACR2, 260); two ISBN-10 with qualifiers, LCCN, LC class",
    lines: `
      LDR cam a
      001 sm-001
      005 20240115093000.0
      008 =s 1996 #### mau eng
      010 ## $a   96017756
      020 ## $a0262011530 (hc : MIT Press : alk. paper)
      020 ## $a0070004846 (McGraw-Hill)
      050 00 $aQA76.6$b.A255 1996
      100 1# $aAbelson, Harold.
      245 10 $aStructure and interpretation of computer programs /$cHarold Abelson and Gerald Jay Sussman, with Julie Sussman.
      250 ## $a2nd ed.
      260 ## $aCambridge, Mass. :$bMIT Press ;$aNew York :$bMcGraw-Hill,$cc1996.
      300 ## $axxiii, 657 p. :$bill. ;$c24 cm.
      490 1# $aElectrical engineering and computer science series
      650 #0 $aElectronic digital computers$xProgramming.
      650 #0 $aLISP (Computer program language)
      700 1# $aSussman, Gerald Jay.
      700 1# $aSussman, Julie.
      830 #0 $aMIT electrical engineering and computer science series.`,
  },
  {
    ...ORDINARY,
    shows: "a book by RDA (264, 336 to 338); ISBN-13 with $q; relator terms are left out of names",
    lines: `
      LDR cam i
      001 sm-002
      005 20240115093000.0
      008 =s 2009 #### mau eng
      020 ## $a9780262033848$q(hardcover : alk. paper)
      020 ## $a9780262533058$q(pbk. : alk. paper)
      050 00 $aQA76.6$b.I5858 2009
      245 00 $aIntroduction to algorithms /$cThomas H. Cormen [and three others].
      250 ## $aThird edition.
      264 #1 $aCambridge, Massachusetts :$bMIT Press,$c[2009]
      264 #4 $c©2009
      300 ## $axix, 1292 pages :$billustrations ;$c24 cm
      336 ## $atext$btxt$2rdacontent
      337 ## $aunmediated$bn$2rdamedia
      338 ## $avolume$bnc$2rdacarrier
      650 #0 $aComputer programming.
      650 #0 $aComputer algorithms.
      700 1# $aCormen, Thomas H.,$eauthor.
      700 1# $aLeiserson, Charles Eric,$d1953-$eauthor.
      700 1# $aRivest, Ronald L.,$eauthor.
      700 1# $aStein, Clifford,$d1965-$eauthor.
      852 ## $aMain library$hQA76.6$i.I5858$p31234000000017`,
  },
  {
    ...ORDINARY,
    shows: "a series that is not traced (490, first indicator 0); place codes in 043",
    lines: `
      LDR cam a
      001 sm-003
      005 20240115093000.0
      008 =r 2003 1813 enk eng
      020 ## $a9780141439518
      043 ## $ae-uk-en
      050 #4 $aPR4034$b.P7 2003
      100 1# $aAusten, Jane,$d1775-1817.
      245 10 $aPride and prejudice /$cJane Austen ; edited with an introduction by Vivien Jones.
      260 ## $aLondon :$bPenguin,$c2003.
      490 0# $aPenguin classics
      650 #0 $aSisters$vFiction.
      650 #0 $aCourtship$vFiction.
      651 #0 $aEngland$vFiction.
      700 1# $aJones, Vivien,$d1952-`,
  },
  {
    ...ORDINARY,
    shows:
      "four non-filing characters (the article stays in the title); fuller form of a name ($q); genre in 655",
    lines: `
      LDR cam i
      001 sm-004
      005 20240115093000.0
      008 =s 1937 #### enk eng
      050 #4 $aPR6039.O32$bH6 1937
      100 1# $aTolkien, J. R. R.$q(John Ronald Reuel),$d1892-1973,$eauthor.
      245 14 $aThe hobbit, or, There and back again /$cby J.R.R. Tolkien.
      246 30 $aThere and back again
      264 #1 $aLondon :$bGeorge Allen & Unwin Ltd,$c1937.
      336 ## $atext$btxt$2rdacontent
      650 #0 $aBaggins, Bilbo (Fictitious character)$vFiction.
      651 #0 $aMiddle Earth (Imaginary place)$vFiction.
      655 #7 $aFantasy fiction.$2lcgft`,
  },
  {
    ...ORDINARY,
    shows: "a title that a later record bears too (see sm-057)",
    lines: `
      LDR cam a
      001 sm-005
      005 20240115093000.0
      008 =r 1992 1851 nyu eng
      020 ## $a0140390847
      050 00 $aPS2384$b.M6 1992
      100 1# $aMelville, Herman,$d1819-1891.
      245 10 $aMoby-Dick, or, The whale /$cHerman Melville ; introduction by Andrew Delbanco.
      260 ## $aNew York :$bPenguin Books,$c1992.
      650 #0 $aWhaling ships$vFiction.
      650 #0 $aAhab, Captain (Fictitious character)$vFiction.
      650 #0 $aWhales$vFiction.
      700 1# $aDelbanco, Andrew,$d1952-`,
  },
  {
    ...ORDINARY,
    shows: "UTF-8 with diacritics; persons as subjects, with dates and subdivisions",
    lines: `
      LDR cam a
      001 sm-006
      005 20240115093000.0
      008 =s 1979 #### nyu eng
      010 ## $a   78019943
      020 ## $a0465026850
      050 00 $aQA9.8$b.H63 1979
      100 1# $aHofstadter, Douglas R.,$d1945-
      245 10 $aGödel, Escher, Bach :$ban eternal golden braid /$cDouglas R. Hofstadter.
      260 ## $aNew York :$bBasic Books,$cc1979.
      600 10 $aBach, Johann Sebastian,$d1685-1750.
      600 10 $aEscher, M. C.$q(Maurits Cornelis),$d1898-1972.
      600 10 $aGödel, Kurt$xPhilosophy.
      650 #0 $aMetamathematics.
      650 #0 $aSymmetry.
      650 #0 $aArtificial intelligence.`,
  },
  {
    ...ORDINARY,
    shows: "an LCCN with its blanks; subdivided subjects",
    lines: `
      LDR cam a
      001 sm-007
      005 20240115093000.0
      008 =s 1962 #### mau eng
      010 ## $a   60005148$z   62012345
      050 00 $aSB959$b.C3
      100 1# $aCarson, Rachel,$d1907-1964.
      245 10 $aSilent spring /$cby Rachel Carson ; drawings by Lois and Louis Darling.
      260 ## $aBoston :$bHoughton Mifflin,$c1962.
      650 #0 $aPesticides$xEnvironmental aspects.
      650 #0 $aPesticides and wildlife.
      650 #0 $aInsect pests$xBiological control.`,
  },
  {
    ...ORDINARY,
    shows:
      "no author: a uniform title as main entry (130); a translation (041); two languages in one 041",
    lines: `
      LDR cam a
      001 sm-008
      005 20240115093000.0
      008 =s 2000 #### nyu eng
      010 ## $a   99023209
      020 ## $a0374111197
      041 1# $aengang$hang
      050 00 $aPE1383$b.H43 1999
      130 0# $aBeowulf.$lEnglish & English (Old English)
      245 10 $aBeowulf :$ba new verse translation /$ctranslated by Seamus Heaney.
      250 ## $a1st bilingual ed.
      260 ## $aNew York :$bFarrar, Straus, and Giroux,$c2000.
      650 #0 $aHeroes$zScandinavia$vPoetry.
      650 #0 $aEpic poetry, English (Old)
      650 #0 $aMonsters$vPoetry.
      700 1# $aHeaney, Seamus,$d1939-2013.`,
  },
  {
    ...ORDINARY,
    shows: "one main entry and three added entries: one creator, three contributors",
    lines: `
      LDR cam a
      001 sm-009
      005 20240115093000.0
      008 =s 1995 #### mau eng
      010 ## $a   94034264
      020 ## $a0201633612 (acid-free paper)
      050 00 $aQA76.64$b.D47 1995
      100 1# $aGamma, Erich,$eauthor.
      245 10 $aDesign patterns :$belements of reusable object-oriented software /$cErich Gamma [and others].
      260 ## $aReading, Mass. :$bAddison-Wesley,$cc1995.
      490 1# $aAddison-Wesley professional computing series
      650 #0 $aObject-oriented programming (Computer science)
      650 #0 $aComputer software$xReusability.
      650 #0 $aSoftware patterns.
      700 1# $aHelm, Richard,$4aut
      700 1# $aJohnson, Ralph E.,$d1955-$4aut
      700 1# $aVlissides, John,$4aut
      830 #0 $aAddison-Wesley professional computing series.`,
  },
  {
    ...ORDINARY,
    shows: "three works in one volume: analytical entries (700, second indicator 2, with $t)",
    lines: `
      LDR cam a
      001 sm-010
      005 20240115093000.0
      008 =s 1978 #### nyu eng
      020 ## $a0451523636
      245 00 $aFrankenstein /$cby Mary Shelley. Dracula / by Bram Stoker. Dr. Jekyll and Mr. Hyde / by Robert Louis Stevenson.
      260 ## $aNew York :$bNew American Library,$c1978.
      440 #2 $aA Signet classic
      650 #0 $aHorror tales, English.
      700 12 $aShelley, Mary Wollstonecraft,$d1797-1851.$tFrankenstein.
      700 12 $aStoker, Bram,$d1847-1912.$tDracula.
      700 12 $aStevenson, Robert Louis,$d1850-1894.$tStrange case of Dr. Jekyll and Mr. Hyde.
      700 1# $aKing, Stephen,$d1947-
      740 02 $aDr. Jekyll and Mr. Hyde.`,
  },
  {
    ...ORDINARY,
    shows: "French, with an elided article (two non-filing characters, no blank)",
    lines: `
      LDR cam i
      001 sm-011
      005 20240115093000.0
      008 =r 1972 1942 fr# fre
      020 ## $a2070360024
      041 0# $afre
      100 1# $aCamus, Albert,$d1913-1960.
      245 12 $aL'étranger /$cAlbert Camus.
      264 #1 $a[Paris] :$bGallimard,$c1972.
      336 ## $atexte$btxt$2rdacontent/fre
      490 0# $aFolio ;$v2
      650 #0 $aMurderers$vFiction.
      650 #6 $aMeurtriers$vRomans, nouvelles, etc.
      651 #0 $aAlgeria$vFiction.`,
  },
  {
    ...ORDINARY,
    shows: "an ISBN whose check digit is wrong: left out with a warning, the other is kept",
    lines: `
      LDR cam a
      001 sm-012
      005 20240115093000.0
      008 =s 1988 #### nyu eng
      010 ## $a   87033333
      020 ## $a055305340X
      020 ## $a0553053406 (misprinted on the jacket)
      050 00 $aQB981$b.H377 1988
      100 1# $aHawking, Stephen,$d1942-2018.
      245 12 $aA brief history of time :$bfrom the big bang to black holes /$cStephen W. Hawking ; introduction by Carl Sagan.
      260 ## $aToronto ;$aNew York :$bBantam Books,$c1988.
      650 #0 $aCosmology.
      700 1# $aSagan, Carl,$d1934-1996.`,
  },
  {
    ...ORDINARY,
    shows: "a year that 008 does not know (19uu): taken from 260; no publisher's name (s.n.)",
    lines: `
      LDR cam a
      001 sm-013
      005 20240115093000.0
      008 =q 19uu 19uu xx# eng
      100 0# $aSunzi,$dactive 6th century B.C.
      245 14 $aThe art of war /$cSun Tzu ; translated from the Chinese by Lionel Giles.
      260 ## $a[S.l. :$bs.n.,$c1910?]
      650 #0 $aMilitary art and science$vEarly works to 1800.
      700 1# $aGiles, Lionel,$d1875-1958.`,
  },
];
