import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/**", "src/api/contract.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  a11y.flatConfigs.strict,
  hooks.configs.flat["recommended-latest"],
  {
    rules: {
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 90, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
      eqeqeq: "error",
      "no-restricted-globals": ["error", { name: "fetch", message: "Ask by the contract: `api` of @/api/client, or `plain` where there is no session." }],
      // The sign-in page and the search box are opened to type in their one field.
      "jsx-a11y/no-autofocus": "off",
      "no-restricted-imports": [
        "error",
        { paths: [{ name: "antd", importNames: ["message", "notification"], message: "Take them from App.useApp(): these know neither theme nor language." }] },
      ],
    },
  },
);
