/** Which words own the full stop behind them. */

/** By what they stand for; complete for each class, so that no member of one is treated unlike another. */
const CLASSES = {
  states:
    "ala alas ariz ark calif cal colo conn del fla ill ind kan kans mass mich minn miss mont neb " +
    "nebr nev okla ore oreg penn penna tenn tex wash wis wisc wyo terr dak alta ont que sask newf " +
    "nfld qld tas vic aust brit eng engl scot ire lond phila yorks lancs hants wilts berks amer",
  forenames:
    "abr alexr andw archd benj chas danl edm edw fredk geo jac jas jno joh jos nathl patk richd robt saml thos wilh",
  persons:
    "adm bros capt col cpl esq gen gov hon jun jnr lieut maj messrs mgr mrs mme mlle pres prof rev " +
    "revd sen sgt supt pseud",
  months: "jan feb febr mar apr jun jul aug sep sept oct okt nov dec dez déc janv févr juil",
  bodies:
    "acad admin agric amer assn assoc asst ave bldg blvd comm cong corp dept dist div educ env exec fed " +
    "govt inc inst intl ltd mtn natl off proj publ publs pty regt res sess soc univ univs",
  descriptions:
    "abstr acc alk annu approx arr aug augm aufl ausg bdg bde bearb bibl biog cent chap coll comp cont " +
    "corr cont cet diagr diagrs dict diss doc docs encycl enl etc facsim facsims fasc fig figs fol " +
    "frontis geneal hbk hdg hrsg illus illustr incl introd jahrg lat lith mins min misc mitw mss numb " +
    "nos núm numér orig pamph pbk pgs port ports pref prelim priv proc pts publ rept " +
    "reprod repr rev ret sec secs ser serv spp stat suppl supp surv symp tech tom trad trans " +
    "transl übers unacc uniw verb verf vers verm vol vols voc vyp zugl вып изд ред",
} as const;

const ABBREVIATIONS: ReadonlySet<string> = new Set(Object.values(CLASSES).join(" ").split(" "));
/** Characters of the longest abbreviation. */
export const LONGEST_ABBREVIATION = Math.max(...Array.from(ABBREVIATIONS, ({ length }) => length));
/** Whether a full stop behind a word of three letters and more is the word's own. */
export function isAbbreviation(word: string): boolean {
  return word.length <= LONGEST_ABBREVIATION && ABBREVIATIONS.has(word.toLowerCase());
}
