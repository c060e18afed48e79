// The questions that the registration form asks, and what is changed about them before it is saved.

import { commandErrorOf, host, type CommandError, type QuestionIssue, type QuestionPart, type RegistrationQuestion } from "../host";
import { t } from "../i18n/messages.svelte";
import { outbox } from "./outbox.svelte";
import { sayHeld } from "./scheduleNotices";
import { toasts } from "./toasts.svelte";
import { webinars } from "./webinars.svelte";

/** Zoom's own fields, in the order of its form. */
export const knownFields = [
  "last_name",
  "org",
  "job_title",
  "phone",
  "industry",
  "no_of_employees",
  "purchasing_time_frame",
  "role_in_purchase_process",
  "address",
  "zip",
  "city",
  "state",
  "country",
  "comments",
] as const;

export type Asked = "off" | "optional" | "required";

const blank: RegistrationQuestion = { field: "", custom: true, kind: "text", required: false, dropdown: false, choices: [] };

class QuestionsForm {
  /** As they are being changed, and of which webinar. */
  #edits = $state.raw<{ webinar: string; questions: readonly RegistrationQuestion[] } | null>(null);
  failure = $state.raw<CommandError | null>(null);
  saving = $state(false);
  /** What was wrong when it was last to be saved, by the question itself: it goes when the question changes. */
  #issues = $state.raw<ReadonlyMap<RegistrationQuestion, QuestionIssue[]>>(new Map());

  constructor() {
    webinars.unsaved = () => this.#edits !== null;
  }

  /** As they are being changed; `null` while nothing is. */
  get edited(): readonly RegistrationQuestion[] | null {
    return this.#edits?.webinar === webinars.meant ? (this.#edits?.questions ?? null) : null;
  }

  get questions(): readonly RegistrationQuestion[] {
    return this.edited ?? webinars.meantDetail?.questions ?? [];
  }

  get own(): readonly RegistrationQuestion[] {
    return this.questions.filter(({ custom }) => custom);
  }

  /** What is wrong with a part of a question. */
  issue(question: RegistrationQuestion, part: QuestionPart): QuestionIssue | null {
    return this.#issues.get(question)?.find((issue) => issue.part === part) ?? null;
  }

  known(field: string): Asked {
    const asked = this.questions.find((question) => !question.custom && question.field === field);
    return asked ? (asked.required ? "required" : "optional") : "off";
  }

  ask(field: string, how: Asked): void {
    const rest = this.questions.filter((question) => question.custom || question.field !== field);
    this.#edit(how === "off" ? rest : [...rest, { ...blank, field, custom: false, required: how === "required" }]);
  }

  add(): void {
    this.#edit([...this.questions, blank]);
  }

  /** `index` counts the own ones. */
  change(index: number, to: Partial<RegistrationQuestion>): void {
    const changed = this.own[index];
    this.#edit(this.questions.map((question) => (question === changed ? { ...question, ...to } : question)));
  }

  remove(index: number): void {
    const gone = this.own[index];
    this.#edit(this.questions.filter((question) => question !== gone));
  }

  discard(): void {
    this.#edits = this.failure = null;
    this.#issues = new Map();
    this.saving = false;
  }

  /** They may be lost, and the user goes on where they were going. */
  leave(): void {
    this.discard();
    webinars.leaving.go();
  }

  /** Takes back what Zoom has not been told yet. */
  async takeBack(item: string): Promise<void> {
    await outbox.undo(item, true);
    await webinars.refreshOpen();
  }

  async save(): Promise<void> {
    const edits = this.#edits;
    if (!edits || this.saving) return;
    const { webinar, questions } = edits;
    this.saving = true;
    try {
      const { items, issues } = await host().setRegistrationQuestions(webinar, [...questions]);
      if (issues.length > 0) {
        // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced whole
        const found = new Map<RegistrationQuestion, QuestionIssue[]>();
        for (const issue of issues) {
          const question = questions[issue.question];
          if (question) found.set(question, [...(found.get(question) ?? []), issue]);
        }
        this.#issues = found;
      } else {
        // What was changed meanwhile is not saved yet.
        if (this.#edits === edits) this.discard();
        await Promise.all([webinars.refreshOpen(), outbox.refreshOpen()]);
        if (items[0] !== undefined) sayHeld(t("questions-held"), items[0], t("questions-held-hint"));
        else toasts.say({ text: t("change-nothing") });
      }
    } catch (thrown) {
      // Whoever left them hears of it where they are.
      if (this.#edits?.webinar === webinar) this.failure = commandErrorOf(thrown);
      else toasts.fail(commandErrorOf(thrown));
    }
    this.saving = false;
  }

  #edit(questions: readonly RegistrationQuestion[]): void {
    const webinar = webinars.meantDetail?.row.id;
    if (webinar !== undefined) this.#edits = { webinar, questions };
  }
}

export const questionsForm = new QuestionsForm();
