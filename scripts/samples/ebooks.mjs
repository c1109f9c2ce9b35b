/**
 * The files of an e-book vendor: the brief records of a trial, and those of what was bought. They are
 * imported after the sample catalogue, with etc/vendor.conf.
 */

const ORDINARY = { first: "created", second: "unchanged" };
/** Left out by a filter or by the policy, in every run. */
const NEVER = { first: "ignored", second: "ignored" };

export const TRIAL = [
  {
    first: "created",
    second: "ignored",
    shows:
      "bought later (eb-01): its row is replaced by the vendor's, which the second run finds by ISBN",
    lines: `
      LDR nam a
      001 trial-01
      005 20240201000000.0
      008 =s 2006 #### nyu eng o
      020 ## $a0465039146
      245 00 $aCode :$bversion 2.0.
      856 40 $uhttps://ebooks.example.com/trial/9780465039142`,
  },
  {
    first: "created",
    second: "ignored",
    shows: "bought later (eb-02), where the ISBN has 13 digits",
    lines: `
      LDR nam a
      001 trial-02
      005 20240201000000.0
      008 =s 2006 #### ctu eng o
      020 ## $a0300110561 (cloth)
      245 04 $aThe wealth of networks.
      856 40 $uhttps://ebooks.example.com/trial/9780300110562`,
  },
  {
    first: "created",
    second: "ignored",
    shows: "bought later (eb-03); no ISBN, so that the title must tell",
    lines: `
      LDR nam a
      001 trial-03
      005 20240201000000.0
      008 =s 2005 #### cau eng o
      245 00 $aProducing open source software : how to run a successful free software project
      856 40 $uhttps://ebooks.example.com/trial/producingoss`,
  },
  {
    ...ORDINARY,
    shows: "never bought: its row stays",
    lines: `
      LDR nam a
      001 trial-04
      005 20240201000000.0
      008 =s 2012 #### cau eng o
      020 ## $a9781593273897
      245 04 $aThe Linux command line.
      856 40 $uhttps://ebooks.example.com/trial/9781593273897`,
  },
  {
    ...NEVER,
    shows: "the library's catalogue has it (sm-017, by ISBN): a higher duplicate",
    lines: `
      LDR nam a
      001 trial-05
      005 20240201000000.0
      008 =s 1997 #### mau eng o
      020 ## $a9780201896831
      245 04 $aThe art of computer programming. 1.
      856 40 $uhttps://ebooks.example.com/trial/9780201896831`,
  },
];

export const VENDOR = [
  {
    ...ORDINARY,
    shows: "ISBN of trial-01, a lower duplicate: a row is made and that of the trial deleted",
    lines: `
      LDR nam i
      001 eb-01
      005 20240301000000.0
      006 m     o  d
      007 cr |||
      008 =s 2006 #### nyu eng o
      020 ## $a9780465039142
      100 1# $aLessig, Lawrence,$eauthor.
      245 10 $aCode :$bversion 2.0 /$cLawrence Lessig.
      264 #1 $aNew York :$bBasic Books,$c[2006]
      336 ## $atext$btxt$2rdacontent
      338 ## $aonline resource$bcr$2rdacarrier
      520 ## $aHow the architecture of the Internet regulates what people do there.
      650 #4 $aLaw$xInternet.
      856 40 $uhttps://ebooks.example.com/book/9780465039142$zFull text`,
  },
  {
    ...ORDINARY,
    shows:
      "ISBN-13 against the ISBN-10 of trial-02: equal in their stored form; trial-02 is deleted",
    lines: `
      LDR nam i
      001 eb-02
      005 20240301000000.0
      007 cr |||
      008 =s 2006 #### ctu eng o
      020 ## $a9780300110562
      020 ## $z9780300125771 (paperback)
      100 1# $aBenkler, Yochai,$eauthor.
      245 14 $aThe wealth of networks :$bhow social production transforms markets and freedom /$cYochai Benkler.
      264 #1 $aNew Haven :$bYale University Press,$c[2006]
      650 #0 $aInformation society.
      856 40 $uhttps://ebooks.example.com/book/9780300110562`,
  },
  {
    ...ORDINARY,
    shows: "no row has its ISBN, so the title is asked: trial-03 is found and deleted",
    lines: `
      LDR nam i
      001 eb-03
      005 20240301000000.0
      007 cr |||
      008 =s 2005 #### cau eng o
      020 ## $a0596007590
      100 1# $aFogel, Karl,$eauthor.
      245 10 $aProducing open source software :$bhow to run a successful free software project /$cKarl Fogel.
      264 #1 $aSebastopol, CA :$bO'Reilly,$c2005.
      650 #0 $aOpen source software.
      856 40 $uhttps://ebooks.example.com/book/9780596007592`,
  },
  {
    ...NEVER,
    shows:
      "ISBN of sm-002 in the library's catalogue: a higher duplicate, so the import is left out",
    lines: `
      LDR nam i
      001 eb-04
      005 20240301000000.0
      007 cr |||
      008 =s 2009 #### mau eng o
      020 ## $a9780262533058
      245 00 $aIntroduction to algorithms, third edition.
      264 #1 $aCambridge, Mass. :$bMIT Press,$c[2009]
      856 40 $uhttps://ebooks.example.com/book/9780262533058`,
  },
  {
    ...NEVER,
    shows: "its ISBN is unknown, but the title is that of sm-007: again a higher duplicate",
    lines: `
      LDR nam i
      001 eb-05
      005 20240301000000.0
      007 cr |||
      008 =s 2002 #### mau eng o
      020 ## $a0618249060
      100 1# $aCarson, Rachel,$d1907-1964.
      245 10 $aSILENT SPRING.
      856 40 $uhttps://ebooks.example.com/book/9780618249060`,
  },
  {
    first: "created",
    second: "ignored",
    shows:
      "corrected further down (eb-06 again); in the second run it is older than the row (skip_older)",
    lines: `
      LDR nam i
      001 eb-06
      005 20240301000000.0
      007 cr |||
      008 =s 2006 #### cau eng o
      020 ## $a0596528124
      100 1# $aFriedl, Jeffrey E. F.,$eauthor.
      245 10 $aMastering regular expresions /$cJeffrey E.F. Friedl.
      264 #1 $aSebastopol, CA :$bO'Reilly,$c2006.
      650 #0 $aText processing (Computer science)
      856 40 $uhttps://ebooks.example.com/book/9780596528126`,
  },
  {
    ...ORDINARY,
    shows: "an address that has the proxy's prefix already: it does not get it twice",
    lines: `
      LDR nam i
      001 eb-07
      005 20240301000000.0
      007 cr |||
      008 =s 2008 #### nyu eng o
      020 ## $a9780765319852
      100 1# $aDoctorow, Cory,$eauthor.
      245 10 $aLittle Brother /$cCory Doctorow.
      264 #1 $aNew York :$bTor,$c2008.
      650 #1 $aComputer hackers$vFiction.
      856 40 $uhttps://proxy.example.edu/login?url=https://ebooks.example.com/book/9780765319852`,
  },
  {
    ...NEVER,
    shows: "no address: the filter include_if_online leaves it out",
    lines: `
      LDR nam i
      001 eb-08
      005 20240301000000.0
      008 =s 2001 #### mau eng
      020 ## $a0596001088
      100 1# $aRaymond, Eric S.,$eauthor.
      245 14 $aThe cathedral & the bazaar /$cEric S. Raymond.
      264 #1 $aSebastopol, CA :$bO'Reilly,$c2001.`,
  },
  {
    ...NEVER,
    shows: "an audio book (leader/06 i): the filter exclude_if_audio leaves it out",
    lines: `
      LDR nim i
      001 eb-09
      005 20240301000000.0
      007 cr |||
      008 =s 2008 #### nyu eng o
      100 1# $aDoctorow, Cory,$eauthor.
      245 10 $aLittle Brother :$bunabridged /$cCory Doctorow.
      856 40 $uhttps://ebooks.example.com/audio/littlebrother`,
  },
  {
    ...NEVER,
    shows: "the public note of the address says that it is a preview: exclude_if_preview",
    lines: `
      LDR nam i
      001 eb-10
      005 20240301000000.0
      007 cr |||
      008 =s 2004 #### nyu eng o
      020 ## $a1594200068
      100 1# $aLessig, Lawrence,$eauthor.
      245 10 $aFree culture /$cLawrence Lessig.
      856 40 $uhttps://ebooks.example.com/book/9781594200069$zPreview only`,
  },
  {
    ...NEVER,
    shows: "no title: record_must_be_valid leaves it out",
    lines: `
      LDR nam i
      001 eb-11
      005 20240301000000.0
      007 cr |||
      008 =s 2008 #### ncu eng o
      020 ## $a9780822342649
      100 1# $aKelty, Christopher M.,$eauthor.
      856 40 $uhttps://ebooks.example.com/book/9780822342649`,
  },
  {
    first: "updated",
    second: "unchanged",
    shows: "eb-06 again, corrected: the last one wins; a warning",
    lines: `
      LDR cam i
      001 eb-06
      005 20240302000000.0
      007 cr |||
      008 =s 2006 #### cau eng o
      020 ## $a0596528124
      100 1# $aFriedl, Jeffrey E. F.,$eauthor.
      245 10 $aMastering regular expressions /$cJeffrey E.F. Friedl.
      264 #1 $aSebastopol, CA :$bO'Reilly,$c2006.
      650 #0 $aText processing (Computer science)
      856 40 $uhttps://ebooks.example.com/book/9780596528126`,
  },
  {
    ...ORDINARY,
    shows:
      "a bookseller's record: the name in 720, headings without a thesaurus (second indicator 4)",
    lines: `
      LDR nam a
      001 eb-13
      005 20240301000000.0
      007 cr |||
      008 =s 2003 #### enk eng o
      020 ## $a0521642981
      245 10 $aInformation theory, inference, and learning algorithms.
      264 #1 $bCambridge University Press$c2003
      650 #4 $aInformation theory.
      653 ## $aBayesian inference
      720 ## $aMacKay, David J. C.$eauthor
      856 40 $uhttps://ebooks.example.com/book/9780521642989`,
  },
  {
    ...ORDINARY,
    shows:
      "the title of eb-13 under another id: a duplicate of the same source, which the policy lets in",
    lines: `
      LDR nam a
      001 eb-14
      005 20240301000000.0
      007 cr |||
      008 =s 2003 #### enk eng o
      245 10 $aInformation Theory, Inference and Learning Algorithms
      856 40 $uhttps://ebooks.example.com/book/eb-14`,
  },
  {
    ...NEVER,
    shows: "a withdrawal (leader/05 d) of a title that was never loaded",
    lines: `
      LDR dam a
      001 eb-15
      005 20240301000000.0
      008 =s 1996 #### cau eng o
      245 10 $aProgramming Perl.
      856 40 $uhttps://ebooks.example.com/book/9780596004927`,
  },
];
