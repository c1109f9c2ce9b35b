/**
 * Maps, music, film, pictures and things: records 27 to 37 of the sample catalogue.
 */

/** What becomes of an ordinary record: made in the first run, found as it was in the second. */
const ORDINARY = { first: "created", second: "unchanged" };

export const MATERIALS = [
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
];
