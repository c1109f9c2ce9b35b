/**
 * A report, proceedings, a thesis and books whose headings matter: records 14 to 20 of the sample
 * catalogue.
 */

/** What becomes of an ordinary record: made in the first run, found as it was in the second. */
const ORDINARY = { first: "created", second: "unchanged" };

export const DOCUMENTS = [
  {
    ...ORDINARY,
    shows:
      "a government document: corporate main entry with a subordinate body, address of the text (856 40)",
    lines: `
      LDR cam a
      001 sm-014
      005 20240115093000.0
      008 =s 2004 #### dcu eng
      020 ## $a0160723043
      043 ## $an-us---$aaw-----
      050 #4 $aHV6432.7$b.N39 2004
      110 1# $aUnited States.$bNational Commission on Terrorist Attacks upon the United States.
      245 14 $aThe 9/11 Commission report :$bfinal report of the National Commission on Terrorist Attacks upon the United States.
      246 3# $aNine-eleven Commission report
      260 ## $aWashington, DC :$bNational Commission on Terrorist Attacks upon the United States :$bFor sale by the Supt. of Docs., U.S. G.P.O.,$c[2004]
      610 20 $aQaida (Organization)
      610 10 $aUnited States.$bCentral Intelligence Agency.
      650 #0 $aSeptember 11 Terrorist Attacks, 2001.
      650 #0 $aTerrorism$xGovernment policy$zUnited States.
      856 40 $uhttps://www.govinfo.gov/app/details/GPO-911REPORT`,
  },
  {
    ...ORDINARY,
    shows: "the papers of a meeting (111)",
    lines: `
      LDR cam a
      001 sm-015
      005 20240115093000.0
      008 =s 2005 #### nyu eng
      020 ## $a1581138768
      111 2# $aACM/IEEE Joint Conference on Digital Libraries$n(5th :$d2005 :$cDenver, Colo.)
      245 10 $aProceedings of the 5th ACM/IEEE-CS Joint Conference on Digital Libraries :$bDenver, CO, June 7-11, 2005.
      260 ## $aNew York :$bAssociation for Computing Machinery,$cc2005.
      650 #0 $aDigital libraries$vCongresses.
      710 2# $aAssociation for Computing Machinery.
      710 2# $aIEEE Computer Society.`,
  },
  {
    ...ORDINARY,
    shows: "a thesis: produced, not published (264, second indicator 0); a handle as address",
    lines: `
      LDR ctm i
      001 sm-016
      005 20240115093000.0
      008 =s 1940 #### mau eng
      100 1# $aShannon, Claude Elwood,$d1916-2001,$eauthor.
      245 12 $aA symbolic analysis of relay and switching circuits /$cby Claude Elwood Shannon.
      264 #0 $aCambridge, Massachusetts :$bMassachusetts Institute of Technology,$c1940.
      336 ## $atext$btxt$2rdacontent
      502 ## $bM.S.$cMassachusetts Institute of Technology$d1940
      650 #0 $aSwitching circuits.
      710 2# $aMassachusetts Institute of Technology.$bDepartment of Electrical Engineering,$edegree granting institution.
      856 40 $uhttp://hdl.handle.net/1721.1/11173`,
  },
  {
    ...ORDINARY,
    shows: "one part of a work in several volumes ($n and $p in the title)",
    lines: `
      LDR cam a
      001 sm-017
      005 20240115093000.0
      008 =s 1997 #### mau eng
      010 ## $a   97002147
      020 ## $a0201896834
      050 00 $aQA76.6$b.K64 1997
      100 1# $aKnuth, Donald Ervin,$d1938-
      245 14 $aThe art of computer programming.$nVolume 1,$pFundamental algorithms /$cDonald E. Knuth.
      250 ## $a3rd ed.
      260 ## $aReading, Mass. :$bAddison-Wesley,$cc1997.
      650 #0 $aComputer programming.`,
  },
  {
    ...ORDINARY,
    shows:
      "headings of four thesauri: LCSH become subjects; MeSH, FAST and free terms (653) keywords",
    lines: `
      LDR cam a
      001 sm-018
      005 20240115093000.0
      008 =s 1918 #### pau eng
      050 #4 $aQM23.2$b.G73 1918
      060 #4 $aQS 4 G779a 1918
      100 1# $aGray, Henry,$d1825-1861.
      245 10 $aAnatomy of the human body /$cby Henry Gray.
      250 ## $a20th ed.,$bthoroughly rev. and re-edited by Warren H. Lewis.
      260 ## $aPhiladelphia :$bLea & Febiger,$c1918.
      650 #0 $aHuman anatomy.
      650 12 $aAnatomy.
      650 #7 $aHuman anatomy.$2fast$0(OCoLC)fst00963102
      653 ## $aBones$aMuscles
      700 1# $aLewis, Warren H.$q(Warren Harmon),$d1870-1964.`,
  },
  {
    ...ORDINARY,
    shows:
      "a picture book: the Library of Congress's headings for children (second indicator 1) become keywords",
    lines: `
      LDR cam a
      001 sm-019
      005 20240115093000.0
      008 =s 1963 #### nyu eng
      050 #4 $aPZ8.S35$bWh 1963
      100 1# $aSendak, Maurice.
      245 10 $aWhere the wild things are /$cstory and pictures by Maurice Sendak.
      250 ## $a1st ed.
      260 ## $aNew York :$bHarper & Row,$c1963.
      520 ## $aSent to bed without his supper, Max sails away to the land of the wild things.
      650 #0 $aFantasy fiction.
      650 #1 $aMonsters$vFiction.
      650 #1 $aBehavior$vFiction.`,
  },
  {
    ...ORDINARY,
    shows:
      "a local class number that is not of the Library of Congress (090 with Dewey): not taken for lcc",
    lines: `
      LDR cam a
      001 sm-020
      005 20240115093000.0
      008 =s 1962 #### ilu eng
      082 00 $a501
      090 ## $a501 K95s
      100 1# $aKuhn, Thomas S.
      245 14 $aThe structure of scientific revolutions /$cThomas S. Kuhn.
      260 ## $a[Chicago] :$bUniversity of Chicago Press,$c[1962]
      440 #0 $aInternational encyclopedia of unified science.$pFoundations of the unity of science ;$vv. 2, no. 2
      650 #0 $aScience$xPhilosophy.
      650 #0 $aScience$xHistory.`,
  },
];
