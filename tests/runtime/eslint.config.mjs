import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    files: ["**/*.mjs", "**/*.js"],
    languageOptions: { ecmaVersion: 2023, globals: globals.browser },
    rules: {
      "no-unused-vars": ["error", { args: "none", caughtErrors: "none" }],
      "no-undef": "off", // the type checker knows better
      "prefer-const": ["error", { destructuring: "all" }],
      "no-self-assign": ["error", { props: false }],
      eqeqeq: "error",
      "no-implicit-globals": "off",
    },
  },
  { files: ["**/head.js", "**/remote.js"], languageOptions: { sourceType: "script" }, rules: { "no-unused-vars": "off" } },
];
