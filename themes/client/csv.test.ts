import { expect, it } from "vitest";
import { csvText } from "./csv";

it("quotes what must be quoted and leaves numbers as they are", () => {
  expect(csvText([["a", "b,c", 'say "x"', "two\nlines"], [1, -2.5, NaN, null]])).toBe('a,"b,c","say ""x""","two\nlines"\r\n1,-2.5,,\r\n');
});

it("has no formulas", () => {
  expect(csvText([["=1+1", "+2", "-x", "@y", "\tz", "\rq"]])).toBe("'=1+1,'+2,'-x,'@y,'\tz,\"'\rq\"\r\n");
});
