/**
 * ISO 5426:1983 (ISO-IR 53), the extended Latin set of UNIMARC, in the form of the MARC-8 tables. Ayn,
 * alif and the soft and hard signs are the characters that the Library of Congress has for ANSEL's.
 * Position 5D begins a ligature or a double tilde; 5E and 5F, the second halves, tell which.
 */
export const ISO_5426 =
  ",A1,201E,A3,24,A5,2020,A7,2032,2018,201C,AB,266D,A9,2117,AE,2BB,2BC,201A,,,,2021,B7,2033,2019,201D,BB,266F,2B9,2BA,BF,10309,10300,10301,10302,10303,10304,10306,10307,10308,10308,1030A,10315,10312,1030B,1031B,1030C,10327,1031C,10326,10328,10325,1032E,10323,10324,10332,10333,10329,1032D,,10361,1FE21,1FE23,,C6,110,,,,132,,141,D8,152,,DE,,,,,E6,111,F0,,131,133,,142,F8,153,DF,FE,,,";
