/**
 * Serials, maps, music, pictures, things and electronic resources: records 21 to 44 of the sample
 * catalogue.
 */

const ORDINARY = { first: "created", second: "unchanged" };

export const MATERIALS = [
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
  {
    ...ORDINARY,
    shows: "a map: a place as subject with subdivisions, place codes",
    lines: `
      LDR cem a
      001 sm-027
      005 20240115093000.0
      007 aj canzn
      008 =s 1958 #### dcu eng
      034 1# $aa$b24000
      043 ## $an-us-ca
      110 2# $aGeological Survey (U.S.)
      245 10 $aYosemite Valley, Yosemite National Park, Mariposa County, California.
      255 ## $aScale 1:24,000 ;$bpolyconic proj.
      260 ## $aWashington, D.C. :$bThe Survey,$c1958.
      650 #0 $aTopographic maps$zCalifornia$zYosemite Valley.
      651 #0 $aYosemite Valley (Calif.)$vMaps.
      651 #0 $aYosemite National Park (Calif.)$vMaps.
      655 #7 $aTopographic maps.$2lcgft`,
  },
  {
    ...ORDINARY,
    encoding: "marc-8",
    shows: "an old map in Latin; MARC-8, the diacritic before its letter",
    lines: `
      LDR cem a
      001 sm-028
      005 20240115093000.0
      008 =s 1507 #### gw# lat
      010 ## $a  2003626426
      100 1# $aWaldseem\xe8uller, Martin,$d1470-1519.
      245 10 $aUniversalis cosmographia secundum Ptholomaei traditionem et Americi Vespucii alioru[m]que lustrationes.
      260 ## $a[Strasbourg, France? :$bs.n.,$c1507]
      651 #0 $aWorld$vMaps$vEarly works to 1800.
      651 #0 $aAmerica$vMaps$vEarly works to 1800.
      856 40 $uhttp://hdl.loc.gov/loc.gmd/g3200.ct000725`,
  },
  {
    ...ORDINARY,
    shows: "a score: leader/06 c, a uniform title (240)",
    lines: `
      LDR ccm a
      001 sm-029
      005 20240115093000.0
      008 =s 1989 #### nyu zxx
      020 ## $a0486260348
      050 00 $aM1001.B4$bop. 67 1989
      100 1# $aBeethoven, Ludwig van,$d1770-1827.
      240 10 $aSymphonies,$nno. 5-7
      245 10 $aSymphonies nos. 5, 6, and 7 :$bin full score /$cLudwig van Beethoven.
      260 ## $aNew York :$bDover,$c1989.
      650 #0 $aSymphonies$vScores.`,
  },
  {
    ...ORDINARY,
    shows: "a score of which 008 gives no language (zxx), 041 that of the words",
    lines: `
      LDR ccm i
      001 sm-030
      005 20240115093000.0
      008 =s 1979 #### gw# zxx
      041 0# $ager
      100 1# $aSchubert, Franz,$d1797-1828,$ecomposer.
      245 14 $aDie Winterreise :$bop. 89, D 911 /$cFranz Schubert.
      264 #1 $aKassel :$bBärenreiter,$c1979.
      336 ## $anotated music$bntm$2rdacontent
      338 ## $avolume$bnc$2rdacarrier
      600 10 $aMüller, Wilhelm,$d1794-1827$vMusical settings.
      650 #0 $aSong cycles.`,
  },
  {
    ...ORDINARY,
    shows: "a sound recording by RDA; a bar code (024, first indicator 1) that is no ISBN",
    lines: `
      LDR cjm i
      001 sm-031
      005 20240115093000.0
      007 sd fsngnnmmned
      008 =s 1997 #### nyu zxx
      024 1# $a074646493526
      028 02 $aCK 64935$bColumbia
      100 1# $aDavis, Miles,$eperformer.
      245 10 $aKind of blue /$cMiles Davis.
      264 #1 $a[New York] :$bColumbia,$c[1997]
      336 ## $aperformed music$bprm$2rdacontent
      337 ## $aaudio$bs$2rdamedia
      338 ## $aaudio disc$bsd$2rdacarrier
      650 #0 $aJazz$y1951-1960.
      700 1# $aAdderley, Cannonball,$eperformer.
      700 1# $aColtrane, John,$d1926-1967,$eperformer.
      700 1# $aEvans, Bill,$d1929-1980,$eperformer.`,
  },
  {
    ...ORDINARY,
    shows:
      "spoken word (leader/06 i) by the older rules: the carrier comes from 007, the term in brackets is cut from the title",
    lines: `
      LDR cim a
      001 sm-032
      005 20240115093000.0
      007 ss lsnjlc-----
      008 =p 1993 1953 nyu eng
      100 1# $aThomas, Dylan,$d1914-1953.
      245 10 $aUnder Milk Wood$h[sound recording] :$ba play for voices /$cby Dylan Thomas.
      260 ## $aNew York :$bCaedmon,$c1993.
      650 #0 $aWales$vDrama.`,
  },
  {
    ...ORDINARY,
    shows: "a film: an added entry for the work it is made from ($i, $t) adds no contributor",
    lines: `
      LDR cgm i
      001 sm-033
      005 20240115093000.0
      007 vd cvaizu
      008 =p 2003 1961 cau eng
      041 1# $aeng$jfre$jspa$heng
      245 00 $aWest Side story /$cUnited Artists ; directed by Robert Wise and Jerome Robbins.
      264 #1 $aSanta Monica, CA :$bMGM Home Entertainment,$c[2003]
      336 ## $atwo-dimensional moving image$btdi$2rdacontent
      337 ## $avideo$bv$2rdamedia
      338 ## $avideodisc$bvd$2rdacarrier
      700 1# $aWise, Robert,$d1914-2005,$efilm director.
      700 1# $aRobbins, Jerome,$efilm director.
      700 1# $iMotion picture adaptation of (work):$aLaurents, Arthur.$tWest Side story.
      710 2# $aUnited Artists Corporation.`,
  },
  {
    ...ORDINARY,
    shows: "a computer game on disc (leader/06 m)",
    lines: `
      LDR cmm a
      001 sm-034
      005 20240115093000.0
      007 co cga
      008 =s 1993 #### cau eng
      245 00 $aMyst$h[electronic resource] :$bthe surrealistic adventure that will become your world.
      260 ## $aNovato, Calif. :$bBrøderbund Software,$c1993.
      650 #0 $aComputer adventure games.
      700 1# $aMiller, Rand.
      700 1# $aMiller, Robyn.
      710 2# $aCyan, Inc.`,
  },
  {
    ...ORDINARY,
    shows: "a three-dimensional thing (leader/06 r); a corporate name that ends in an abbreviation",
    lines: `
      LDR nrm a
      001 sm-035
      005 20240115093000.0
      008 =s 1980 #### nyu zxx
      245 00 $aRubik's cube$h[game].
      260 ## $aNew York :$bIdeal Toy Corp.,$c1980.
      610 20 $aIdeal Toy Corp.$xHistory.
      650 #0 $aRubik's Cube.
      700 1# $aRubik, Ernő.`,
  },
  {
    ...ORDINARY,
    shows: "a photograph (leader/06 k)",
    lines: `
      LDR nkm a
      001 sm-036
      005 20240115093000.0
      008 =s 1936 #### dcu zxx
      010 ## $a  2017762891
      100 1# $aLange, Dorothea,$ephotographer.
      245 10 $aDestitute pea pickers in California. Mother of seven children. Age thirty-two. Nipomo, California.
      264 #0 $c1936 Feb. or Mar.
      336 ## $astill image$bsti$2rdacontent
      856 41 $3digital file from original neg.$uhttps://www.loc.gov/pictures/item/2017762891/`,
  },
  {
    ...ORDINARY,
    shows: "an archival collection (leader/07 c): its dates ($f) belong to the title",
    lines: `
      LDR npc i
      001 sm-037
      005 20240115093000.0
      008 =i 1842 1937 dcu eng
      100 1# $aHarned, Thomas Biggs,$d1851-1921.
      245 10 $aThomas Biggs Harned collection of Walt Whitman papers,$f1842-1937.
      351 ## $aArranged in series.
      520 2# $aCorrespondence, poems, prose, notebooks and other papers of the poet, collected by his literary executor.
      545 ## $aLawyer of Camden, N.J.
      600 10 $aWhitman, Walt,$d1819-1892.
      655 #7 $aPersonal correspondence.$2lcgft`,
  },
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
