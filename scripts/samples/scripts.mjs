/**
 * Scripts and character sets: records 45 to 55 of the sample catalogue. In the MARC-8 records every
 * character of the text stands for one byte: `\x1b` begins an escape sequence, `\xe2` is the acute
 * accent before its letter, and so on.
 */

const ORDINARY = { first: "created", second: "unchanged" };

export const SCRIPTS = [
  {
    ...ORDINARY,
    shows: "Chinese beside its romanisation (880 linked by $6)",
    lines: `
      LDR cam a
      001 sm-045
      005 20240115093000.0
      008 =r 1982 1791 cc# chi
      066 ## $c$$1
      100 1# $6880-01$aCao, Xueqin,$dapproximately 1717-1763.
      245 10 $6880-02$aHong lou meng /$cCao Xueqin, Gao E zhu.
      260 ## $6880-03$aBeijing :$bRen min wen xue chu ban she,$c1982.
      651 #0 $aChina$xSocial life and customs$vFiction.
      700 1# $6880-04$aGao, E,$dapproximately 1738-approximately 1815.
      880 1# $6100-01/$$1$a曹雪芹,$dapproximately 1717-1763.
      880 10 $6245-02/$$1$a紅樓夢 /$c曹雪芹, 高鶚著.
      880 ## $6260-03/$$1$a北京 :$b人民文學出版社,$c1982.
      880 1# $6700-04/$$1$a高鶚,$dapproximately 1738-approximately 1815.`,
  },
  {
    ...ORDINARY,
    shows: "Japanese",
    lines: `
      LDR cam a
      001 sm-046
      005 20240115093000.0
      008 =s 1958 #### ja# jpn
      100 0# $6880-01$aMurasaki Shikibu,$d978?-
      245 10 $6880-02$aGenji monogatari /$c[Murasaki Shikibu] ; Yamagishi Tokuhei kōchū.
      260 ## $6880-03$aTōkyō :$bIwanami Shoten,$c1958-1963.
      490 0# $aNihon koten bungaku taikei ;$v14-18
      880 0# $6100-01/$$1$a紫式部,$d978?-
      880 10 $6245-02/$$1$a源氏物語 /$c[紫式部] ; 山岸徳平校注.
      880 ## $6260-03/$$1$a東京 :$b岩波書店,$c1958-1963.`,
  },
  {
    ...ORDINARY,
    shows: "Korean",
    lines: `
      LDR cam a
      001 sm-047
      005 20240115093000.0
      008 =s 1997 #### ko# kor
      130 0# $6880-01$aHunmin chŏngŭm.
      245 10 $6880-02$aHunmin chŏngŭm /$cSejong.
      650 #0 $aKorean language$xAlphabet.
      700 0# $6880-03$aSejong,$cKing of Korea,$d1397-1450.
      880 0# $6130-01/$$1$a훈민정음.
      880 10 $6245-02/$$1$a훈민정음 /$c세종.
      880 0# $6700-03/$$1$a세종,$cKing of Korea,$d1397-1450.`,
  },
  {
    ...ORDINARY,
    shows: "Cyrillic",
    lines: `
      LDR cam a
      001 sm-048
      005 20240115093000.0
      008 =s 1968 #### ru# rus
      100 1# $6880-01$aTolstoy, Leo,$cgraf,$d1828-1910.
      245 10 $6880-02$aVoĭna i mir :$broman v chetyrekh tomakh /$cL.N. Tolstoĭ.
      260 ## $6880-03$aMoskva :$bKhudozhestvennai͡a literatura,$c1968.
      651 #0 $aRussia$xHistory$yAlexander I, 1801-1825$vFiction.
      880 1# $6100-01/(N$aТолстой, Лев Николаевич,$cgraf,$d1828-1910.
      880 10 $6245-02/(N$aВойна и мир :$bроман в четырех томах /$cЛ.Н. Толстой.
      880 ## $6260-03/(N$aМосква :$bХудожественная литература,$c1968.`,
  },
  {
    ...ORDINARY,
    shows: "Hebrew, written from right to left (/r in $6)",
    lines: `
      LDR cam a
      001 sm-049
      005 20240115093000.0
      008 =s 1945 #### is# heb
      100 1# $6880-01$aAgnon, Shmuel Yosef,$d1888-1970.
      245 10 $6880-02$aTemol shilshom /$cS.Y. ʻAgnon.
      260 ## $6880-03$aYerushalayim :$bShoḳen,$c1945.
      880 1# $6100-01/(2/r$aעגנון, שמואל יוסף,$d1888-1970.
      880 10 $6245-02/(2/r$aתמול שלשום /$cש״י עגנון.
      880 ## $6260-03/(2/r$aירושלים :$bשוקן,$c1945.`,
  },
  {
    ...ORDINARY,
    shows: "Arabic, also from right to left",
    lines: `
      LDR cam a
      001 sm-050
      005 20240115093000.0
      008 =s 1956 #### ua# ara
      100 1# $6880-01$aMaḥfūẓ, Najīb,$d1911-2006.
      245 10 $6880-02$aBayna al-qaṣrayn /$cNajīb Maḥfūẓ.
      260 ## $6880-03$aal-Qāhirah :$bMaktabat Miṣr,$c1956.
      880 1# $6100-01/(3/r$aمحفوظ، نجيب،$d1911-2006.
      880 10 $6245-02/(3/r$aبين القصرين /$cنجيب محفوظ.
      880 ## $6260-03/(3/r$aالقاهرة :$bمكتبة مصر،$c1956.`,
  },
  {
    ...ORDINARY,
    shows: "Greek; an 880 that is linked with nothing (occurrence 00)",
    lines: `
      LDR cam a
      001 sm-051
      005 20240115093000.0
      008 =s 1946 #### gr# gre
      100 1# $6880-01$aKazantzakis, Nikos,$d1883-1957.
      245 10 $6880-02$aVios kai politeia tou Alexē Zormpa /$cN. Kazantzakē.
      260 ## $aAthēna :$bD. Dēmētrakos,$c1946.
      880 1# $6100-01/(S$aΚαζαντζάκης, Νίκος,$d1883-1957.
      880 10 $6245-02/(S$aΒίος και πολιτεία του Αλέξη Ζορμπά /$cΝ. Καζαντζάκη.
      880 ## $6500-00/(S$aΜυθιστόρημα.`,
  },
  {
    ...ORDINARY,
    encoding: "marc-8",
    shows: "MARC-8: ANSEL diacritics and letters before their base become composed Unicode",
    lines: `
      LDR cam a
      001 sm-052
      005 20240115093000.0
      008 =s 1920 #### cs# cze
      100 1# $a\xe9Capek, Karel,$d1890-1938.
      245 10 $aR.U.R. :$bRossum's Universal Robots : kolektivn\xe2i drama o vstupn\xe2i komedii a t\xe9rech aktech /$cKarel \xe9Capek.
      260 ## $aPraha :$bAventinum,$c1920.
      650 #0 $aRobots$vDrama.
      700 1# $a\xe9Capek, Josef,$d1887-1945.`,
  },
  {
    ...ORDINARY,
    encoding: "marc-8",
    shows: "MARC-8: Cyrillic by escape sequence (ESC ( N); ligature halves in the romanisation",
    lines: `
      LDR cam a
      001 sm-053
      005 20240115093000.0
      008 =s 1862 #### ru# rus
      066 ## $c(N
      100 1# $6880-01$aTurgenev, Ivan Sergeevich,$d1818-1883.
      245 10 $6880-02$aOt\xebt\xecsy i deti :$broman /$cI.S. Turgenev.
      260 ## $6880-03$aMoskva :$bV. Grachev,$c1862.
      650 #0 $aFathers and sons$vFiction.
      651 #0 $aRussia$xSocial life and customs$y1533-1917$vFiction.
      880 1# $6100-01/(N$a\x1b(NtURGENEW\x1b(B, \x1b(NiWAN sERGEEWI^\x1b(B,$d1818-1883.
      880 10 $6245-02/(N$a\x1b(NoTCY I DETI\x1b(B :$b\x1b(NROMAN\x1b(B /$c\x1b(Ni.s. tURGENEW\x1b(B.
      880 ## $6260-03/(N$a\x1b(NmOSKWA\x1b(B :$b\x1b(Nw. gRA^EW\x1b(B,$c1862.`,
  },
  {
    ...ORDINARY,
    encoding: "marc-8",
    shows: "MARC-8: Chinese in EACC, three bytes a character (ESC $ 1)",
    lines: `
      LDR cam a
      001 sm-054
      005 20240115093000.0
      008 =s 1957 #### cc# chi
      066 ## $c$$1
      100 1# $6880-01$aCao, Xueqin,$dapproximately 1717-1763.
      245 10 $6880-02$aHong lou meng /$cCao Xueqin zhu.
      260 ## $6880-03$aBeijing :$bRen min wen xue chu ban she,$c1957.
      880 1# $6100-01/$$1$a\x1b$$1!CV!_R!T^\x1b(B,$dapproximately 1717-1763.
      880 10 $6245-02/$$1$a\x1b$$1!Pr!EJ!9$$\x1b(B /$c\x1b$$1!CV!_R!T^\x1b(B.
      880 ## $6260-03/$$1$a\x1b$$1!4I!0a\x1b(B :$b\x1b$$1!0d!FM!BX!:\x60!3K!JH!Na\x1b(B,$c1957.`,
  },
  {
    ...ORDINARY,
    shows: "Vietnamese in UTF-8 with the diacritics apart from their letters: stored composed",
    lines: `
      LDR cam a
      001 sm-055
      005 20240115093000.0
      008 =s 1973 #### nyu vie
      041 1# $avie$aeng$hvie
      100 0# ${"$aNguyễn Du,".normalize("NFD")}$d1765-1820.
      245 10 ${"$aTruyện Kiều =".normalize("NFD")}$bThe tale of Kieu /$cby Nguyen Du ; translated and annotated by Huynh Sanh Thong.
      260 ## $aNew York :$bVintage Books,$c1973.`,
  },
];
