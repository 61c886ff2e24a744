import type { Language } from '../language';

/** Accents do not count: “füge” is also “fuge”. “fuege” needs a phrase of its own. */
export const german: Language = {
  phrases: {
    help: 'hilfe | befehle | was kannst du | was kannst du alles | hilf mir',
    home: 'hallo | guten morgen | guten tag | guten abend | moin | servus | grüß gott | start | menü',
    cancel: 'abbrechen | abbruch | stopp | halt | vergiss es | brich ab',
    thanks: 'danke | vielen dank | danke schön | dankeschön | besten dank | super | prima',
    okay: 'ja | nein | gut | in ordnung | passt',
    'add customer': `
      kunde hinzufügen | kunden hinzufügen | kunde anlegen | kunden anlegen | neuer kunde |
      neuen kunden anlegen | füge kunden … hinzu | fuege kunden … hinzu |
      füge … als kunden hinzu | lege kunden … an | lege … als kunden an | kunde … hinzufügen |
      kunden … hinzufügen | kunde … anlegen | kunden … anlegen | neuen kunden … anlegen |
      … als kunden hinzufügen | … als kunde hinzufügen | … als kunden anlegen`,
    add: 'füge … hinzu | fuege … hinzu | … hinzufügen | … hinzufuegen | … anlegen',
    customers: `
      kunden | alle kunden | kundenliste | zeige kunden | zeig kunden | kunden zeigen |
      kunden anzeigen | suche | suche nach | finde`,
    customer: `
      kunde | zeige kunde | zeige kunden … an | zeige … an | zeig … an | zeige | zeig | öffne kunde |
      öffne | oeffne | wie geht es | was ist mit | … anzeigen | … öffnen | … zeigen`,
    'set up': 'einrichten | kunde einrichten | richte … ein | weiter mit',
    'rename customer': `
      kunde umbenennen | kunden umbenennen | umbenennen | benenne kunde … um | benenne kunden … um |
      benenne … um`,
    'connect office 365': `
      office 365 verbinden | microsoft 365 verbinden | m365 verbinden | verbinde office 365 |
      verbinde microsoft 365 | verbinde … mit microsoft 365 | verbinde … mit office 365 | verbinde |
      … verbinden | verbinden`,
    'disconnect office 365': `
      office 365 trennen | microsoft 365 trennen | trenne | trennen | verbindung trennen`,
    'sync options': 'sync optionen | synchronisation | synchronisierung | abgleich',
    'remove customer': `
      kunde löschen | kunden löschen | kunde entfernen | kunden entfernen | lösche kunde |
      lösche kunden | entferne kunde | entferne kunden | lösche | loesche | entferne | löschen |
      entfernen`,
    'restore customer': `
      kunde wiederherstellen | kunden wiederherstellen | wiederherstellen | gelöschte kunden`,
    'import organizations': `
      organisationen importieren | kunden importieren | firmen importieren | importiere organisationen |
      importiere kunden | importiere … organisationen | importiere | importieren`,
    'import list': 'importliste | letzter import | letzten import zeigen',
    'refresh organizations': 'organisationen aktualisieren | aktualisieren | aktualisiere',
    integrations: 'integrationen | anbindungen | schnittstellen',
    'integrations add': 'integration hinzufügen | integrationen hinzufügen | neue integration',
    'add hudu': 'hudu hinzufügen | hudu verbinden | verbinde hudu | hudu anbinden',
    'add it glue': 'it glue hinzufügen | it glue verbinden | verbinde it glue | it glue anbinden',
    'integrations replace key': 'schlüssel ersetzen | schlüssel ersetzen von | api-schlüssel ersetzen',
    'integrations remove': 'integration entfernen | integration löschen | entferne integration',
    notify: `
      benachrichtigen | benachrichtige mich | benachrichtige mich über | benachrichtigungen |
      benachrichtigungen für | meldungen | meldungen für | alarme`,
    'notify stop': `
      benachrichtigungen stoppen | benachrichtigungen aus | benachrichtigungen stoppen für |
      keine benachrichtigungen | keine benachrichtigungen für | keine meldungen | keine meldungen für |
      meldungen aus | stumm`,
    'install agent': 'agent installieren | installiere agent | installiere agenten | agenten installieren',
    agents: 'agenten | zeige agenten | agenten zeigen | agenten anzeigen',
    'add active directory': 'active directory hinzufügen',
    'test connection': 'verbindung testen | verbindung prüfen | teste verbindung | teste | prüfe | testen',
    'confirm tenant': 'tenant bestätigen | mandant bestätigen',
    people: 'personen | techniker | rollen | leute',
    'people add': 'personen hinzufügen | person hinzufügen | füge @ | mache @ | gib @',
    'people remove': 'person entfernen | personen entfernen | entferne @ | lösche @',
    'reset password': `
      passwort zurücksetzen | kennwort zurücksetzen | setze passwort zurück | passwort ändern |
      neues passwort für | passwort vergessen | zurücksetzen`,
    'unlock account': 'konto entsperren | entsperren | entsperre',
    'create user': `
      benutzer anlegen | benutzer sperren | benutzer löschen | neuer benutzer | sperren | sperre`,
    approve: 'genehmigen | genehmige | freigeben | ablehnen',
  },
  polite: `
      bitte | kannst du | kannst du mir | kannst du bitte | könntest du | würdest du | ich möchte |
      ich will | ich brauche | ich muss | hallo | danke | mal | jetzt | für mich`,
  filler: `
    der die das den dem des ein eine einen einem neuen neuer neue mir uns mich alle alles hier jetzt mal
    bitte es`,
  of: 'von vom für bei beim aus über kunde kunden firma',
  to: 'in nach zu als auf',
  called: 'namens | mit dem namen | mit namen',
  roles: { techniker: 'technician', administrator: 'admin', genehmiger: 'approver' },
};
