// People as they stand in a list, made from their number.

export interface Person {
  id: string;
  name: string;
  company: string;
  lead: boolean;
  flag: "doNotCall" | "optedOut" | null;
  touched: string;
  next: string;
}

const given = ["Aarav", "Adaeze", "Avery", "Björn", "Célia", "Dario", "Ewan", "Freya", "Götz", "Hana", "Idris", "Jorun", "José", "Maeve", "Nia"];
const family = ["Singh", "Nwosu", "McAllister", "Lindahl", "Fontaine", "Bellucci", "Cartwright", "Holm", "Zimmermann", "Kobayashi", "Bellamy", "Eide", "Young"];
const companies = ["Quarry Health Technologies", "Keystone Tools LLC", "Ångström Textiles & Sons", "Élan Instruments Inc.", "Harbour Consulting AG", "Café Print LLP"];

const of = (words: readonly string[], at: number): string => words[at % words.length] ?? "";

export function person(at: number): Person {
  return {
    id: `p${at}`,
    name: `${of(given, at)} ${of(family, at * 7 + Math.floor(at / 15))}`,
    company: of(companies, at * 5 + Math.floor(at / 7)),
    lead: at % 4 === 0,
    flag: at % 11 === 5 ? "doNotCall" : at % 13 === 9 ? "optedOut" : null,
    touched: `${1 + (at % 28)} Nov`,
    next: at % 3 === 0 ? `${1 + (at % 28)} Dec ${String(8 + (at % 10)).padStart(2, "0")}:00` : "",
  };
}
