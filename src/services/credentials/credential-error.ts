import { type ErrorCode, fromUnknown, PortcullisError } from "../../errors.ts";

/** What is not certain of a write, or not as it was sent, in the words of credentials. */
const meaning: Partial<Readonly<Record<ErrorCode, ErrorCode>>> = {
  zpa_timeout: "credential_effect_unknown",
  // Done, as far as the answer goes, and not proven.
  zpa_written_not_read: "credential_effect_unknown",
};

/** Does a write of a credential, and says in whose words it is not certain; the error below is kept as its cause. */
export async function asCredential<Result>(write: Promise<Result>): Promise<Result> {
  try {
    return await write;
  } catch (thrown) {
    const error = fromUnknown(thrown);
    const code = meaning[error.code];
    throw code === undefined ? error : new PortcullisError(code, error.details, { cause: error });
  }
}
