/**
 * Serials and what belongs to them: records 21 to 26 of the sample catalogue.
 */

/** What becomes of an ordinary record: made in the first run, found as it was in the second. */
const ORDINARY = { first: "created", second: "unchanged" };

export const SERIALS = [
  {
    ...ORDINARY,
    shows: "a serial (leader/07 s) with ISSN; an online version (856 41)",
    lines: `
      LDR cas a
      001 sm-021
      005 20240115093000.0
      008 =c 1869 9999 enk eng
      022 0# $a0028-0836$21
      050 00 $aQ1$b.N2
      245 00 $aNature.
      260 ## $a[London :$bMacmillan Journals ltd.]
      260 3# $aLondon :$bNature Publishing Group
      310 ## $aWeekly
      362 0# $aVol. 1, no. 1 (Nov. 4, 1869)-
      650 #0 $aScience$vPeriodicals.
      776 08 $iOnline version:$tNature (Online)$x1476-4687
      856 41 $uhttp://www.nature.com/nature/`,
  },
  {
    ...ORDINARY,
    shows: "an electronic journal: 007 cr, ISSN, address of the resource (856 40)",
    lines: `
      LDR cas a
      001 sm-022
      005 20240115093000.0
      007 cr cnu
      008 =d 1995 2017 vau eng o
      022 ## $a1082-9873
      245 00 $aD-Lib magazine$h[electronic resource] :$bthe magazine of digital library research.
      246 13 $aD-Lib
      260 ## $aReston, Va. :$bCorporation for National Research Initiatives,$c1995-2017.
      650 #0 $aDigital libraries$vPeriodicals.
      856 40 $uhttp://www.dlib.org/dlib.html`,
  },
  {
    ...ORDINARY,
    shows: "a serial by RDA: ISSN and ISSN-L, of which the first is taken",
    lines: `
      LDR cas i
      001 sm-023
      005 20240115093000.0
      007 cr unu
      008 =c 2003 9999 cau eng o
      022 0# $a1545-7885$l1544-9173$21
      245 00 $aPLoS biology.
      264 #1 $aSan Francisco, CA :$bPublic Library of Science,$c2003-
      336 ## $atext$btxt$2rdacontent
      337 ## $acomputer$bc$2rdamedia
      338 ## $aonline resource$bcr$2rdacarrier
      650 #0 $aBiology$vPeriodicals.
      856 40 $uhttps://journals.plos.org/plosbiology/`,
  },
  {
    ...ORDINARY,
    shows:
      "a newspaper: earlier and present publisher (264, first indicator 3); its place as a hierarchy (752)",
    lines: `
      LDR cas i
      001 sm-024
      005 20240115093000.0
      008 =c 1851 9999 nyu eng
      022 0# $a0362-4331
      043 ## $an-us-ny
      245 04 $aThe New York times.
      264 #1 $aNew York, NY :$bH.J. Raymond & Co.,$c1857-
      264 31 $aNew York, NY :$bThe New York Times Company
      336 ## $atext$btxt$2rdacontent
      752 ## $aUnited States$bNew York$dNew York.`,
  },
  {
    ...ORDINARY,
    shows: "an integrating resource (leader/07 i), which counts as a serial",
    lines: `
      LDR cai i
      001 sm-025
      005 20240115093000.0
      007 cr |n|
      008 =c 1995 9999 cau eng o
      022 0# $a1095-5054
      245 00 $aStanford encyclopedia of philosophy.
      264 #1 $aStanford, CA :$bMetaphysics Research Lab, Stanford University,$c1995-
      336 ## $atext$btxt$2rdacontent
      338 ## $aonline resource$bcr$2rdacarrier
      650 #0 $aPhilosophy$vEncyclopedias.
      700 1# $aZalta, Edward N.,$d1952-$eeditor.
      856 40 $uhttps://plato.stanford.edu/`,
  },
  {
    ...ORDINARY,
    shows: "an article in a journal (leader/07 a, 773): a component part that is not a serial",
    lines: `
      LDR naa a
      001 sm-026
      005 20240115093000.0
      008 =s 1953 #### enk eng
      024 7# $a10.1038/171737a0$2doi
      100 1# $aWatson, James D.,$d1928-
      245 10 $aMolecular structure of nucleic acids :$ba structure for deoxyribose nucleic acid /$cJ.D. Watson and F.H.C. Crick.
      650 #0 $aNucleic acids.
      650 #0 $aDNA.
      700 1# $aCrick, Francis,$d1916-2004.
      773 0# $tNature.$gVol. 171, no. 4356 (25 Apr. 1953), p. 737-738$x0028-0836
      856 40 $uhttps://doi.org/10.1038/171737a0`,
  },
];
