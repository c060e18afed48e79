// The questions that the registration form asks, and what is changed about them before it is saved.

import { commandErrorOf, type CommandError, type RegistrationQuestion } from "../host";
import { later } from "../host/later";
import { t } from "../i18n/messages.svelte";
import { sayHeld } from "./scheduleNotices";
import { webinars } from "./webinars.svelte";

/** Zoom's own fields, in the order of its form. */
export const knownFields = ["last_name", "org", "job_title", "phone", "industry", "no_of_employees", "country", "city", "comments"] as const;

export type Asked = "off" | "optional" | "required";

const blank: RegistrationQuestion = { field: "", custom: true, kind: "text", required: false, choices: [] };

class QuestionsForm {
  /** As they are being changed; `null` while nothing is. */
  edited = $state.raw<readonly RegistrationQuestion[] | null>(null);
  failure = $state.raw<CommandError | null>(null);
  saving = $state(false);
  #tried = $state(false);

  get questions(): readonly RegistrationQuestion[] {
    return this.edited ?? webinars.meantDetail?.questions ?? [];
  }

  get own(): readonly RegistrationQuestion[] {
    return this.questions.filter(({ custom }) => custom);
  }

  get canSave(): boolean {
    return later().setRegistrationQuestions !== undefined;
  }

  /** A question of one's own without words, or a choice without two answers. */
  fault(question: RegistrationQuestion): "title" | "choices" | null {
    if (!this.#tried) return null;
    if (question.field.trim() === "") return "title";
    return question.kind !== "text" && question.choices.filter((choice) => choice.trim() !== "").length < 2 ? "choices" : null;
  }

  known(field: string): Asked {
    const asked = this.questions.find((question) => !question.custom && question.field === field);
    return asked ? (asked.required ? "required" : "optional") : "off";
  }

  ask(field: string, how: Asked): void {
    const rest = this.questions.filter((question) => question.custom || question.field !== field);
    this.edited = how === "off" ? rest : [...rest, { ...blank, field, custom: false, required: how === "required" }];
  }

  add(): void {
    this.edited = [...this.questions, blank];
  }

  /** `index` counts the own ones. */
  change(index: number, to: Partial<RegistrationQuestion>): void {
    const changed = this.own[index];
    this.edited = this.questions.map((question) => (question === changed ? { ...question, ...to } : question));
  }

  remove(index: number): void {
    const gone = this.own[index];
    this.edited = this.questions.filter((question) => question !== gone);
  }

  discard(): void {
    this.edited = this.failure = null;
    this.saving = this.#tried = false;
  }

  async save(): Promise<void> {
    const { edited } = this;
    const webinar = webinars.shown;
    if (!edited || webinar === null || this.saving) return;
    this.#tried = true;
    if (this.own.some((question) => this.fault(question) !== null)) return;
    this.saving = true;
    try {
      const cleaned = edited.map((question) => ({ ...question, choices: question.kind === "text" ? [] : question.choices.filter((choice) => choice.trim() !== "") }));
      const items = (await later().setRegistrationQuestions?.(webinar, cleaned))?.items ?? [];
      this.discard();
      await webinars.refreshOpen();
      if (items[0] !== undefined) sayHeld(t("questions-held"), items[0], t("questions-held-hint"));
    } catch (thrown) {
      this.failure = commandErrorOf(thrown);
    }
    this.saving = false;
  }
}

export const questionsForm = new QuestionsForm();
