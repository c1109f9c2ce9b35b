/**
 * Records 56 to 65 of the sample catalogue: duplicates of each kind, a deletion, and what is not to be
 * imported.
 */

const ORDINARY = { first: "created", second: "unchanged" };

/**
 * The record as a broken transfer leaves it: the last `lost` bytes of the data are gone, and leader and
 * record end were put right by a program that did not look at the directory.
 */
function cutShort(bytes, lost) {
  const cut = Buffer.concat([bytes.subarray(0, bytes.length - lost), Buffer.from([0x1d])]);
  cut.write(String(cut.length).padStart(5, "0"), 0, "latin1");
  return cut;
}

export const CASES = [
  {
    first: "unchanged",
    second: "unchanged",
    shows:
      "the id of sm-002 again, as some systems write a record for each copy: only the holdings (852) differ; a warning",
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
      852 ## $aScience library$hQA76.6$i.I5858$p31234000000025`,
  },
  {
    ...ORDINARY,
    shows:
      "the title of sm-005 but for case and punctuation, another edition: a duplicate by FUZZY_TITLE, of the same source, which KEEP_HIGHER lets in",
    lines: `
      LDR cam a
      001 sm-057
      005 20240115093000.0
      008 =r 1988 1851 ilu eng
      020 ## $a0810102684
      100 1# $aMelville, Herman,$d1819-1891.
      245 10 $aMoby Dick; or, The Whale /$cHerman Melville ; edited by Harrison Hayford, Hershel Parker, G. Thomas Tanselle.
      260 ## $aEvanston :$bNorthwestern University Press,$c1988.
      650 #0 $aWhaling$vFiction.
      700 1# $aHayford, Harrison.`,
  },
  {
    ...ORDINARY,
    shows:
      "the ISBN of sm-003 in its short form, another title: a duplicate by ISBN, not by FUZZY_TITLE",
    lines: `
      LDR nam a
      001 sm-058
      005 20240115093000.0
      008 =r 2003 1813 enk eng
      020 ## $a0141439513 (pbk.)
      100 1# $aAusten, Jane,$d1775-1817.
      245 10 $aPride & prejudice (Penguin classics) /$cJane Austen.
      260 ## $aLondon :$bPenguin,$c2003.`,
  },
  {
    ...ORDINARY,
    shows:
      "no id at all: a digest of its content becomes the id, so that it is known again; a warning",
    lines: `
      LDR nam a
      008 =s 1865 #### enk eng
      100 1# $aCarroll, Lewis,$d1832-1898.
      245 10 $aAlice's adventures in Wonderland /$cby Lewis Carroll ; with forty-two illustrations by John Tenniel.
      260 ## $aLondon :$bMacmillan,$c1865.
      700 1# $aTenniel, John,$d1820-1914.`,
  },
  {
    ...ORDINARY,
    shows: "no 001: the id comes from 035, the last of foreign_id_fields",
    lines: `
      LDR nam a
      008 =s 1908 #### enk eng
      035 ## $a(EXAMPLE)60
      100 1# $aGrahame, Kenneth,$d1859-1932.
      245 14 $aThe wind in the willows /$cby Kenneth Grahame.
      260 ## $aLondon :$bMethuen,$c1908.`,
  },
  {
    first: "created",
    second: "created",
    shows:
      "withdrawn further down (sm-061): made and deleted again in every run, so that nothing is left of it",
    lines: `
      LDR cam a
      001 sm-061
      005 20240115093000.0
      008 =s 1989 #### cau eng
      020 ## $a0385249462
      100 1# $aStoll, Clifford.
      245 14 $aThe cuckoo's egg :$btracking a spy through the maze of computer espionage /$cCliff Stoll.
      260 ## $aNew York :$bDoubleday,$c1989.
      650 #0 $aComputer crimes$zUnited States$xInvestigation.`,
  },
  {
    first: "ignored",
    second: "ignored",
    shows: "an authority record (leader/06 z), which record_types leaves out",
    lines: `
      LDR nz# #
      001 sm-062
      005 20240115093000.0
      040 ## $aDLC$beng$cDLC
      100 1# $aTwain, Mark,$d1835-1910
      400 1# $aClemens, Samuel Langhorne,$d1835-1910`,
  },
  {
    first: "deleted",
    second: "deleted",
    shows: "a deletion (leader/05 d) of the earlier sm-061",
    lines: `
      LDR dam a
      001 sm-061
      005 20240116093000.0
      008 =s 1989 #### cau eng
      245 14 $aThe cuckoo's egg :$btracking a spy through the maze of computer espionage /$cCliff Stoll.`,
  },
  {
    first: "ignored",
    second: "ignored",
    shows: "a deletion of something that is not there",
    lines: `
      LDR dam a
      001 sm-064
      005 20240115093000.0
      008 =s 1984 #### nyu eng
      245 10 $aNeuromancer /$cWilliam Gibson.`,
  },
  {
    first: "rejected",
    second: "rejected",
    damage: (bytes) => cutShort(bytes, 100),
    shows: "a damaged record: cut short in transfer, its directory points past its end",
    lines: `
      LDR cam a
      001 sm-065
      005 20240115093000.0
      008 =s 1992 #### nyu eng
      020 ## $a055308853X
      100 1# $aStephenson, Neal.
      245 10 $aSnow crash /$cNeal Stephenson.
      260 ## $aNew York :$bBantam Books,$c1992.
      650 #0 $aVirtual reality$vFiction.
      650 #0 $aComputer viruses$vFiction.
      651 #0 $aLos Angeles (Calif.)$vFiction.`,
  },
  {
    ...ORDINARY,
    shows: "an ordinary record after the damaged one, which costs its neighbours nothing",
    lines: `
      LDR cam a
      001 sm-066
      005 20240115093000.0
      008 =s 1984 #### mau eng
      020 ## $a0385191952
      100 1# $aLevy, Steven.
      245 10 $aHackers :$bheroes of the computer revolution /$cSteven Levy.
      260 ## $aGarden City, N.Y. :$bAnchor Press/Doubleday,$c1984.
      650 #0 $aComputer programming$xHistory.`,
  },
];
