/** The typed client with nothing added: for what is asked before a session, or to end one. */
import createClient from "openapi-fetch";

import type { paths } from "@/api/contract";

export const plain = createClient<paths>({ baseUrl: window.location.origin });
