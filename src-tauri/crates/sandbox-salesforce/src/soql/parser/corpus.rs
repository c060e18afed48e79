//! Statements that Salesforce's grammar takes and statements that it refuses.

use proptest::prelude::*;

use super::parse;

#[test]
fn valid_statements_are_read() {
    for source in VALID {
        assert!(parse(source).is_ok(), "{source}: {:?}", parse(source).err());
    }
}

#[test]
fn invalid_statements_are_malformed() {
    for source in INVALID {
        let refusal = parse(source).expect_err(source);
        assert_eq!(refusal.code, "MALFORMED_QUERY", "{source}");
        assert!(refusal.message.contains("ERROR at Row:"), "{source}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(source in "(SELECT |FROM |WHERE |Id|Name|, |\\(|\\)|'|=| AND | OR | NOT | IN |[0-9]| LIMIT ){0,24}") {
        let _ = parse(&source);
    }
}

const VALID: [&str; 41] = [
    "SELECT Id FROM Lead",
    "select id from lead",
    "SELECT Id, Name, Account.Name FROM Contact",
    "SELECT COUNT() FROM Lead",
    "SELECT COUNT(Id) FROM Lead",
    "SELECT COUNT(Id) total, MAX(CreatedDate) FROM Lead GROUP BY Status",
    "SELECT Status s, COUNT(Id) n FROM Lead GROUP BY Status HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC",
    "SELECT Id FROM Lead WHERE Name = 'a'",
    "SELECT Id FROM Lead WHERE Name = 'O\\'Brien'",
    "SELECT Id FROM Lead WHERE Name != null AND Phone = NULL",
    "SELECT Id FROM Lead WHERE Name <> 'a'",
    "SELECT Id FROM Lead WHERE (Name = 'a' OR Name = 'b') AND Email LIKE '%x_'",
    "SELECT Id FROM Lead WHERE NOT Name = 'a'",
    "SELECT Id FROM Lead WHERE NOT (Name = 'a' OR Name = 'b')",
    "SELECT Id FROM Lead WHERE IsConverted = false AND (NOT Name LIKE 'a%')",
    "SELECT Id FROM Lead WHERE Name IN ('a','b')",
    "SELECT Id FROM Lead WHERE Name NOT IN ('a','b')",
    "SELECT Id FROM Lead WHERE CreatedDate >= 2026-01-01T00:00:00Z",
    "SELECT Id FROM Lead WHERE CreatedDate = TODAY",
    "SELECT Id FROM Lead WHERE CreatedDate > LAST_N_DAYS:30",
    "SELECT Id FROM Opportunity WHERE CloseDate < 2026-12-31 AND Amount >= 10.5",
    "SELECT Id FROM Lead ORDER BY Name",
    "SELECT Id FROM Lead ORDER BY Name DESC NULLS LAST, Id ASC",
    "SELECT Id FROM Lead LIMIT 10 OFFSET 5",
    "SELECT Id FROM Lead l WHERE l.Name = 'a'",
    "SELECT Lead.Id FROM Lead",
    "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
    "SELECT Id, (SELECT Id FROM Contacts WHERE Email != null ORDER BY Name LIMIT 1), (SELECT Id FROM Opportunities) FROM Account",
    "SELECT Id FROM Contact WHERE AccountId IN (SELECT AccountId FROM Opportunity WHERE IsWon = true)",
    "SELECT FIELDS(STANDARD) FROM Lead",
    "SELECT FIELDS(ALL) FROM Lead LIMIT 200",
    "SELECT TYPEOF What WHEN Account THEN Phone, Name WHEN Opportunity THEN Amount ELSE Name END FROM Event",
    "SELECT Id FROM Lead USING SCOPE mine WHERE Name = 'a' FOR VIEW",
    "SELECT Id FROM Lead WITH SECURITY_ENFORCED LIMIT 1",
    "SELECT toLabel(Status), FORMAT(AnnualRevenue) revenue FROM Lead",
    "SELECT CALENDAR_YEAR(CreatedDate), COUNT(Id) FROM Lead GROUP BY CALENDAR_YEAR(CreatedDate)",
    "SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)) h, COUNT(Id) FROM Lead GROUP BY HOUR_IN_DAY(convertTimezone(CreatedDate))",
    "SELECT Id FROM Lead WHERE DAY_ONLY(CreatedDate) = TODAY AND CALENDAR_MONTH(CreatedDate) IN (1, 2)",
    "SELECT Id FROM Lead WHERE Interests__c INCLUDES ('A;B', 'C')",
    "SELECT Id FROM Lead WHERE Interests__c EXCLUDES ('A')",
    "SELECT Id FROM Lead WHERE toLabel(Status) = 'Open'",
];

const INVALID: [&str; 39] = [
    "",
    "SELECT",
    "SELECT FROM Lead",
    "SELECT Id",
    "SELECT Id FROM",
    "SELECT Id, FROM Lead",
    "SELECT , Id FROM Lead",
    "SELECT Id Name FROM Lead",
    "SELECT * FROM Lead",
    "SELECT Id FROM Lead,",
    "SELECT Id FROM Lead WHERE",
    "SELECT Id FROM Lead WHERE Name",
    "SELECT Id FROM Lead WHERE Name =",
    "SELECT Id FROM Lead WHERE Name = a",
    "SELECT Id FROM Lead WHERE Name = \"a\"",
    "SELECT Id FROM Lead WHERE Name = 'a",
    "SELECT Id FROM Lead WHERE Name = 'a' AND",
    "SELECT Id FROM Lead WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
    "SELECT Id FROM Lead WHERE Name = 'a' OR Name = 'b' AND Name = 'c'",
    "SELECT Id FROM Lead WHERE Name = 'a' AND NOT Name = 'b'",
    "SELECT Id FROM Lead WHERE (Name = 'a'",
    "SELECT Id FROM Lead WHERE Name = 'a')",
    "SELECT Id FROM Lead WHERE Name IN ()",
    "SELECT Id FROM Lead WHERE Name IN 'a'",
    "SELECT Id FROM Lead WHERE Name IN ('a',)",
    "SELECT Id FROM Lead WHERE Name = 'a\\q'",
    "SELECT Id FROM Lead WHERE Name = :name",
    "SELECT Id FROM Lead WHERE CreatedDate > 2026-13-01",
    "SELECT Id FROM Lead WHERE CreatedDate > 2026-01-01T00:00:00",
    "SELECT Id FROM Lead ORDER Name",
    "SELECT Id FROM Lead ORDER BY",
    "SELECT Id FROM Lead LIMIT",
    "SELECT Id FROM Lead LIMIT x",
    "SELECT Id FROM Lead LIMIT 1 WHERE Name = 'a'",
    "SELECT Id FROM Lead; DROP",
    "SELECT Id FROM Lead WHERE Name == 'a'",
    "SELECT toLabel() FROM Lead",
    "SELECT toLabel(Status FROM Lead",
    "SELECT Id FROM Lead WHERE Interests__c INCLUDES 'A'",
];
