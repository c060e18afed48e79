// A tiny part of what the engine understands of a line, enough for the sheet's tests and for looking at it in a browser:
// «with NAME», «tomorrow», a date in figures, a time, a length.

import type { LineMeaning, LinePerson, LineRead, LineSlot, LineSpan, LineText, PersonHit } from "../types";
import { addDays, dateIn, instants, timeIn } from "./time";
import { readWhen } from "./when";
import { ZONE } from "./world";

interface Found {
  /** With the small word before. */
  whole: [number, number];
  span: LineSpan;
}

type Rule = [RegExp, (match: RegExpExecArray) => [LineMeaning, LineMeaning | null] | null];

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function readLine(asked: LineText, people: PersonHit[], now: number): LineRead {
  const { text, draft } = asked;
  const today = dateIn(now, ZONE);
  const found: Found[] = [];
  const take = (match: RegExpExecArray, words: string, [meaning, other]: [LineMeaning, LineMeaning | null]) => {
    const from = match.index + match[0].lastIndexOf(words);
    const [begin, end] = [match.index, from + words.length];
    if (found.some(({ whole }) => begin < whole[1] && whole[0] < end)) return;
    const swapped = other !== null && asked.others.includes(words);
    found.push({ whole: [begin, end], span: { from, to: end, words, meaning: swapped ? other : meaning, other: swapped ? meaning : other } });
  };
  const date = (words: string, region: string): LineMeaning | null => {
    const read = readWhen({ field: "date", text: words, region }, today);
    return read.kind === "date" ? { kind: "date", date: read.date } : null;
  };
  const rules: Rule[] = [
    [/(?<![\p{L}\d])(?:on |op )?(tomorrow|morgen|\d{1,2}[/-]\d{1,2})(?![\p{L}\d])/giu, (match) => {
      const words = match[1] ?? "";
      const meaning = date(words.toLowerCase(), asked.region);
      const other = date(words, asked.region === "en-US" ? "en-GB" : "en-US");
      const same = JSON.stringify(other) === JSON.stringify(meaning);
      return meaning && [meaning, same || asked.region === "nl-NL" ? null : other];
    }],
    [/(?<![\p{L}\d])(\d+ ?(?:min|m))(?![\p{L}\d])/giu, (match) => [{ kind: "length", minutes: parseInt(match[1] ?? "0", 10) }, null]],
    [/(?<![\p{L}\d])(?:at |om )?(\d{1,2}:\d{2}|\d{1,2} ?(?:am|pm))(?![\p{L}\d])/giu, (match) => {
      const read = readWhen({ field: "time", text: match[1] ?? "", region: asked.region }, today);
      return read.kind === "time" ? [{ kind: "time", time: read.time }, null] : null;
    }],
    [/(?<![\p{L}\d])(?:at|om) (\d)(?![\p{L}\d:])/giu, (match) => [{ kind: "time", time: `${12 + Number(match[1])}:00` }, { kind: "time", time: `0${match[1] ?? ""}:00` }]],
  ];
  for (const [pattern, rule] of rules) {
    for (const match of text.matchAll(pattern)) {
      const read = rule(match);
      if (read) take(match, match[1] ?? "", read);
    }
  }
  const persons: LinePerson[] = [];
  for (const match of text.matchAll(/(?<!\p{L})(?:with|met) (\p{L}[\p{L}'’.@-]*(?: (?!about|over|at|om|on|op|tomorrow|morgen)\p{L}[\p{L}'’-]*)*)/giu)) {
    const words = match[1] ?? "";
    const hits = people.filter(({ name, company, email }) => plain(`${name} ${company ?? ""} ${email ?? ""}`).includes(plain(words)));
    const clear = hits.find(({ id }) => draft.people.includes(id)) ?? hits.find(({ name }) => plain(name) === plain(words)) ?? (hits.length === 1 ? hits[0] : undefined);
    take(match, words, [{ kind: "person" }, null]);
    persons.push({ words, hits: hits.slice(0, 6), chosen: clear?.id ?? null, email: hits.length === 0 && words.includes("@") ? words : null });
  }
  found.sort((one, other) => one.whole[0] - other.whole[0]);
  const unknown = (words: string) => persons.some((person) => person.words === words && person.chosen === null && person.email === null);
  const pick = <K extends LineMeaning["kind"]>(kind: K) =>
    found.map(({ span }) => span.meaning).find((meaning): meaning is Extract<LineMeaning, { kind: K }> => meaning.kind === kind);
  const day = pick("date")?.date ?? null;
  const time = pick("time")?.time ?? null;
  const minutes = pick("length")?.minutes ?? null;
  const spans = found.map(({ span }) => span);
  return {
    spans: [...spans, ...rest(text, found)].sort((one, other) => one.from - other.from),
    topic: left(text, found.filter(({ span }) => !(span.meaning.kind === "person" && unknown(span.words)))).join(" "),
    date: day ?? (time === null ? null : time > timeIn(now, ZONE) ? today : addDays(today, 1)),
    time,
    minutes,
    zone: null,
    series: null,
    people: persons,
    slots: day !== null && time === null ? slots(day, minutes ?? draft.minutes, draft.zone) : [],
  };
}

function left(text: string, found: Found[]): string[] {
  let from = 0;
  const pieces = found.map(({ whole }) => {
    const piece = text.slice(from, whole[0]);
    from = whole[1];
    return piece;
  });
  return [...pieces, text.slice(from)].map((piece) => piece.trim().replace(/ (?:with|met)$/u, "")).filter((piece) => piece !== "");
}

function rest(text: string, found: Found[]): LineSpan[] {
  return left(text, found).map((words) => {
    const from = text.indexOf(words);
    return { from, to: from + words.length, words, meaning: { kind: "topic" }, other: null };
  });
}

function slots(day: string, minutes: number, zone: string): LineSlot[] {
  return ["15:00", "16:00", "17:00"].flatMap((time) => {
    const [start] = instants(day, time, ZONE);
    if (start === undefined) return [];
    const span = (where: string) => {
      const end = start + minutes * 60_000;
      return { startDate: dateIn(start, where), startTime: timeIn(start, where), endDate: dateIn(end, where), endTime: timeIn(end, where) };
    };
    return [{ start, there: span(zone), here: span(ZONE), outsideTheirs: false }];
  });
}
