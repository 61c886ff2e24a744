import type { Language } from '../language';

export const english: Language = {
  phrases: {
    help: 'help | commands | what can you do | what can i do | help me | how does this work | ?',
    home: 'home | hi | hello | hey | good morning | good afternoon | good evening | start | menu',
    cancel: 'cancel | stop | abort | quit | exit | never mind | nevermind',
    thanks: 'thanks | thank you | thx | thanks a lot | many thanks | cheers | great | perfect',
    okay: 'ok | okay | yes | no | fine | good',
    'add customer': `
      add customer | new customer | create customer | add client | new client | add company |
      add … as customer | add … as a customer`,
    add: 'onboard | add | create | new',
    customers: `
      customers | list customers | show customers | all customers | find customers | search customers |
      clients | list | search | search for | find`,
    customer: `
      customer | show customer | open customer | find customer | client | open | show | show me | see |
      view | look at | go to | what about | how is | what happened | tell me about | status of | status | details of`,
    'set up': 'set up | setup | set up customer | go on with | continue with | finish setting up',
    'rename customer': 'rename customer | rename | change name of | change the name of customer',
    'connect office 365': `
      connect office 365 | connect office365 | connect o365 | connect microsoft 365 |
      connect microsoft365 | connect m365 | connect entra | connect tenant | connect … to office 365 |
      connect … to microsoft 365 | connect … to m365 | connect | reconnect`,
    'disconnect office 365': `
      disconnect office 365 | disconnect microsoft 365 | disconnect m365 | disconnect tenant |
      disconnect`,
    'sync options': 'sync options | sync | choose sync | sync mode | change sync | synchronization',
    'remove customer': `
      remove customer | delete customer | remove client | delete client | remove | delete`,
    'restore customer': 'restore customer | restore | removed customers | removed | undelete | bring back',
    'import organizations': `
      import organizations | import organisations | import customers | import companies |
      import … organizations | import … organisations | import … customers | import`,
    'import list': 'import list | last import | show last import',
    'refresh organizations': 'refresh organizations | refresh organisations | refresh',
    integrations: 'integrations | integration | it glue | itglue | hudu | show integrations | api keys',
    'integrations add': `
      integrations add | integration add | add integration | connect integration | new integration`,
    'add hudu': 'add hudu | connect hudu | set up hudu',
    'add it glue': 'add it glue | connect it glue | set up it glue | add itglue | connect itglue',
    'integrations replace key': `
      integrations replace key of | integrations replace key | replace key of | replace api key of |
      new api key for | change api key of`,
    'integrations remove': `
      integrations remove | integration remove | remove integration | delete integration`,
    notify: `
      notify | notify me | notify me about | notify about | notify us about | notifications |
      notifications for | subscribe | subscribe to | alerts | alerts for | alert me about`,
    'notify stop': `
      notify stop | stop notify | stop notifications | stop notifications for | stop alerts |
      stop alerts for | notifications stop | notifications off | unsubscribe | unsubscribe from | mute`,
    'install agent': `
      install agent | install active directory agent | new install line | new install command |
      install command | set up agent | agent`,
    agents: 'agents | show agents | list agents | active directory agents | agent status',
    'add active directory': 'add active directory | active directory',
    'test connection': 'test connection | check connection | test connection of | test | check',
    'confirm tenant': 'confirm tenant',
    people: `
      people | technicians | team | roles | who may use keyturn | who can use | who has access |
      show people | list people`,
    'people add': 'people add | add person | add people | add @ | make @ | give @',
    'people remove': 'people remove | people delete | remove person | delete person | remove @ | delete @',
    'reset password': `
      reset password | reset | change password | set password | new password for | forgot password |
      rotate`,
    'unlock account': 'unlock account | unlock | unblock',
    'create user': `
      create user | add user | new user | disable user | block user | delete user | disable account |
      disable | block`,
    approve: 'approve | approvals | deny | reject | decline',
  },
  polite: `
      please | can you | could you | would you | will you | can i | i want to | i want |
      i would like to | i'd like to | i need to | i need | i have to | let's | let us | hi | hello |
      hey | hey there | keyturn | ok | okay | so | now | thanks | thank you | for me`,
  filler: `
    a an the new me us my our your all this that it one here there now everything please keyturn again
    just every existing`,
  of: 'of for at from about in with on by customer client company',
  to: 'to into as -> => →',
  called: 'called | named | with the name | by the name of | customer called | customer named',
  roles: {
    technician: 'technician',
    technicians: 'technician',
    tech: 'technician',
    admin: 'admin',
    administrator: 'admin',
    approver: 'approver',
  },
};
