/**
 * The file that the tutorial meets unprepared: an e-book package with the habits of vendors. Proxy
 * prefixes of another library, qualifiers behind ISBNs, 880 fields, the medium in the title.
 */

const PROXY = "http://ezproxy.other.example.org/login?url=";

/** In line notation, in order. */
export const PACKAGE = [
  `
  LDR nam i
  001 pk-0001
  005 20240502000000.0
  008 =s 2006 #### nyu eng o
  020 ## $a9780465039142 (electronic bk.)
  020 ## $z0465039146 (paperback)
  100 1# $aLessig, Lawrence,$eauthor.
  245 10 $aCode [electronic resource] :$bversion 2.0 /$cLawrence Lessig.
  264 #1 $aNew York :$bBasic Books,$c[2006]
  650 #0 $aLaw$xInternet.
  856 40 $u${PROXY}https://ebooks.example.com/book/9780465039142`,
  `
  LDR nam a
  001 pk-0002
  005 20240502000000.0
  008 =s 1959 #### cc# chi o
  020 ## $a9787101003048 (set : electronic bk.)
  066 ## $c$$1
  100 0# $6880-01$aSima, Qian,$dapproximately 145 B.C.-approximately 86 B.C.
  245 10 $6880-02$aShi ji [electronic resource] /$cSima Qian zhuan.
  260 ## $6880-03$aBeijing :$bZhonghua shu ju,$c1959.
  651 #0 $aChina$xHistory$yTo 221 B.C.
  856 40 $3Full text$u${PROXY}https://ebooks.example.com/book/shiji
  880 0# $6100-01/$$1$a司馬遷.
  880 10 $6245-02/$$1$a史記 /$c司馬遷撰.
  880 ## $6260-03/$$1$a北京 :$b中華書局,$c1959.`,
  `
  LDR nam a
  001 pk-0003
  005 20240502000000.0
  008 =s 1967 #### ru# rus o
  020 ## $a5170118031 (электронная книга)
  100 1# $6880-01$aBulgakov, Mikhail,$d1891-1940.
  245 10 $6880-02$aMaster i Margarita [electronic resource] /$cMikhail Bulgakov.
  260 ## $aMoskva :$bAST,$c1999.
  650 #0 $aDevil$vFiction.
  856 40 $u${PROXY}https://ebooks.example.com/book/master
  856 42 $3Cover image$uhttps://covers.example.com/master.jpg
  880 1# $6100-01/(N$aБулгаков, Михаил,$d1891-1940.
  880 10 $6245-02/(N$aМастер и Маргарита /$cМихаил Булгаков.`,
  `
  LDR nam a
  001 pk-0004
  005 20240502000000.0
  008 =s 1937 #### enk eng o
  020 ## $a0261102214 (e-book)$q(HarperCollins)
  100 1# $aTolkien, J. R. R.$q(John Ronald Reuel),$d1892-1973,$eauthor.
  245 14 $aThe hobbit, or, There and back again [electronic resource] /$cJ.R.R. Tolkien.
  264 #1 $aLondon :$bHarperCollins,$c1995.
  650 #0 $aFantasy fiction.
  856 40 $u${PROXY}https://ebooks.example.com/book/hobbit`,
  `
  LDR nam a
  001 pk-0005
  005 20240502000000.0
  008 =s 1996 #### mau eng o
  020 ## $a9780262510876 (electronic bk.)
  020 ## $a9780262510875 (electronic bk.)
  020 ## $z0262011530 (print)
  100 1# $aAbelson, Harold,$eauthor.
  245 10 $aStructure and interpretation of computer programs [electronic resource] /$cHarold Abelson.
  264 #1 $aCambridge, Massachusetts :$bMIT Press,$c[1996]
  650 #0 $aComputer programming.
  856 42 $3Table of contents$uhttps://contents.example.com/sicp.html
  856 40 $u${PROXY}https://ebooks.example.com/book/sicp`,
];
