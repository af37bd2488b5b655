import { type ErrorCode, fromUnknown, PortcullisError } from "../../errors.ts";

/** What ZPA's codes mean of a credential, where their own sentence speaks of privileged approvals. */
const meaning: Partial<Readonly<Record<ErrorCode, ErrorCode>>> = {
  zpa_timeout: "credential_effect_unknown",
  zpa_refused: "credential_refused",
  zpa_not_found: "credential_unknown",
  zpa_not_permitted: "credential_not_permitted",
  // Done, as far as the answer goes, and not proven.
  zpa_written_not_read: "credential_effect_unknown",
  zpa_read_back_differs: "credential_differs",
};

/** The error as somebody who deals with credentials reads it; the one below is kept as its cause. */
export function credentialError(thrown: unknown): PortcullisError {
  const error = fromUnknown(thrown);
  const code = meaning[error.code];
  return code === undefined ? error : new PortcullisError(code, error.details, { cause: error });
}

/** Does it, and says what fails in the words of credentials. */
export async function asCredential<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (thrown) {
    throw credentialError(thrown);
  }
}
