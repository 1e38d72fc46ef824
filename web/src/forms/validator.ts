/**
 * What the form library asks of a validator. Its usual one makes code of schemas, which the security policy forbids; `vite.config.ts` puts
 * this one in its place everywhere. Faults are found by us, so that only what somebody has touched is marked.
 */
import type { ValidatorType } from "@rjsf/utils";

import type { JsonSchema } from "@/api/shapes";
import { fits } from "@/forms/faults";

const validator: ValidatorType<Record<string, unknown>> = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: (schema, data) => fits(schema as unknown as JsonSchema, data),
  rawValidation: () => ({ errors: [] }),
};

export default validator;
