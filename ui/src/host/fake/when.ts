// A tiny part of what the engine understands, enough for the sheet's tests and for looking at it in a browser.

import type { Problem, WhenRead, WhenText } from "../types";
import { addDays } from "./time";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

export function readWhen({ field, text, region }: WhenText, today: string): WhenRead {
  const typed = text.trim().toLowerCase();
  if (typed === "") return { kind: "problem", problem: { kind: "missing" } };
  const read = { date: () => date(typed, region, today), time: () => time(typed), minutes: () => minutes(typed) }[field]();
  return "problem" in read ? { kind: "problem", problem: read.problem } : read;
}

type Answer = WhenRead | { problem: Problem };
const two = (value: number) => String(value).padStart(2, "0");

function date(typed: string, region: string, today: string): Answer {
  if (typed === "tomorrow" || typed === "morgen") return { kind: "date", date: addDays(today, 1) };
  if (/^\d{4}-\d{2}-\d{2}$/u.test(typed)) return { kind: "date", date: typed };
  const figures = /^(\d{1,2})[-/](\d{1,2})(?:[-/](\d{4}))?$/u.exec(typed);
  const named = /^(?:\p{L}+,? )?(\d{1,2}) (\p{L}{3})\p{L}*(?: (\d{4}))?$/u.exec(typed);
  const month = figures ? Number(region === "en-US" ? figures[1] : figures[2]) : named ? MONTHS.indexOf(named[2] ?? "") + 1 : 0;
  const day = Number(figures ? (region === "en-US" ? figures[2] : figures[1]) : named?.[1]);
  if (month < 1 || month > 12 || !(day >= 1 && day <= 31)) return { problem: { kind: "notADate" } };
  const written = (figures ?? named)?.[3];
  const passed = `${two(month)}-${two(day)}` < today.slice(5);
  const year = written ? Number(written) : Number(today.slice(0, 4)) + (passed ? 1 : 0);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > days) return { problem: { kind: "noSuchDay", year, month, days } };
  return { kind: "date", date: `${year}-${two(month)}-${two(day)}` };
}

function time(typed: string): Answer {
  if (typed === "half drie") return { kind: "time", time: "14:30" };
  const match = /^(\d{1,2})(?:[:.hu]?(\d{2}))?(?: ?(am|pm))?$/u.exec(typed);
  if (!match) return { problem: { kind: "notATime" } };
  const [hour, minute] = [(Number(match[1]) % (match[3] ? 12 : 100)) + (match[3] === "pm" ? 12 : 0), Number(match[2] ?? "0")];
  return hour > 23 || minute > 59 ? { problem: { kind: "noSuchTime" } } : { kind: "time", time: `${two(hour)}:${two(minute)}` };
}

function minutes(typed: string): Answer {
  const match = /^(\d+)(?:[.,](\d+))? ?(min|m|h|u)?(?: ?(\d{2}))?$/u.exec(typed);
  if (!match) return { problem: { kind: "notALength" } };
  const unit = match[3] === "h" || match[3] === "u" ? 60 : 1;
  const length = Number(`${match[1]}.${match[2] ?? "0"}`) * unit + Number(match[4] ?? "0");
  if (!Number.isInteger(length)) return { problem: { kind: "notWholeMinutes" } };
  return length < 1 || length > 1440 ? { problem: { kind: "outOfRange", min: 1, max: 1440 } } : { kind: "minutes", minutes: length };
}
