// A label with its value.

export interface Fact {
  id: string;
  label: string;
  value: string;
  /** A quieter word after the value. */
  note?: string;
  /** The value itself is not shown. */
  masked?: boolean;
  /** Worth a button that copies it. */
  copies?: boolean;
}
