shell =
    .skip = Skip to content
    .menu = Menu
    .main = Main
    .search = Search everything
    .oversight = Oversight
    .account = Account and preferences
    .me = My page
    .sign_out = Sign out
    .crumbs = Breadcrumb
    .dismiss = Dismiss
    .close = Close
    .undo = Undo
    .comma = {", "}
    .offline = You are offline. Nothing was sent; what you typed is still here.

theme =
    .title = Appearance
    .auto = Same as system
    .light = Light
    .dark = Dark
    .unknown = Choose light, dark or the system’s appearance.

keys =
    .title = Shortcuts
    .search = Search
    .people = People
    .audit = Audit log
    .new = Add a person
    .rows = Next and previous row
    .open = Open the row
    .edit = Edit the person shown
    .turn = Previous and next page
    .save = Save
    .overview = Overview
    .organisations = Organisations
    .groups = Groups
    .select = Choose the row
    .filter = Filter
    .edit_row = Edit the row
    .tickets = Tickets

login =
    .title = Sign in
    .lead = With your e-mail, username or phone.
    .login = E-mail, username or phone
    .password = Password
    .wrong = These do not match. Check both and try again.
    .suspended = You may not sign in at the moment. Ask an administrator to reactivate you.
    .wait = Too many wrong tries. Wait {$n ->
        [one] a minute
       *[other] {$count} minutes
    }, then try again.
    .kept = Your session has ended. Sign in, and what you typed is back where it was.

setup =
    .title = Set up Rollcall
    .lead = You become the first administrator. This page works once.
    .code = Set-up code
    .code_hint = Printed in the server’s terminal at start. It proves that this server is yours.
    .wrong_code = This is not the code in the terminal. It changes at every start: copy it again.
    .house = Your support organisation
    .house_hint = Shown beside the name Rollcall. May stay empty.
    .name = Your name
    .email = Your e-mail
    .submit = Create administrator and sign in

people =
    .title = People
    .everyone = Everyone
    .end_user = End users
    .agent = Agents
    .admin = Administrators
    .roles = By role
    .add = Add person
    .total = {$n ->
        [one] 1 person
       *[other] {$count} people
    }
    .matching = {$count} found
    .of = {" "}of {$count}
    .shown = {$n ->
        [one] 1 person on this page
       *[other] {$count} people on this page
    }
    .per_page = Per page
    .pages = Pages
    .back = Back
    .on = Next
    .search = Name, e-mail, phone
    .filter = Filter people
    .add_filter = Filter
    .without = Remove the filter: {$name}
    .clear = Clear
    .any = Any
    .until = to
    .apply = Apply
    .none = There is nobody here yet
    .none_advice = Add the first person, or import a file on the server:
    .no_match = No one matches these filters
    .no_match_q = No one matches “{$name}”
    .no_match_advice = Check the spelling, or search for a part of a name, an e-mail, a phone number or an organisation.
    .drop_filters = Search without the filters
    .show_all = Show everyone
    .add_named = Add a person named “{$name}”
    .active_any = Active, quiet or not
    .views = Lists and saved views
    .export = Export
    .no_contact = None
    .none_here = Nobody is here yet
    .none_here_advice = Choose people on the list of people and put them here, or edit a person.
    .counted = {$n ->
        [one] 1 person
       *[other] {$count} people
    }

sort =
    .title = Sort by
    .down_added = Newest added
    .added = First added
    .down_changed = Last changed
    .name = Name
    .down_seen = Last seen

column =
    .called = Name
    .name = Name
    .role = Role
    .status = Status
    .organisation = Organisation
    .tags = Tags
    .seen = Last seen
    .created = Created
    .changed = Changed
    .groups = Groups
    .email = E-mail
    .phone = Phone
    .username = Username
    .title = Title
    .language = Language
    .timezone = Time zone
    .tier = Tier
    .kind = Kind

filter_name =
    .status = Status
    .organisation = Organisation
    .tag = Tag
    .role = Role
    .created = Created
    .changed = Changed
    .seen = Last seen
    .group = Group
    .contact = E-mail and phone

span =
    .from = since {$name}
    .after = after {$name}
    .until = until {$name}
    .before = before {$name}
    .younger = {$n ->
        [one] in the last day
       *[other] in the last {$count} days
    }
    .older = {$n ->
        [one] more than a day ago
       *[other] more than {$count} days ago
    }

facets =
    .title = How many of each

jump =
    .title = Go to
    .letters = A letter
    .go = Go

filter =
    .status = There is no such status: use active, quiet, unverified, suspended or locked.
    .sort = The list cannot be sorted by that. Choose a column.
    .day = Write a date like 2026-11-21.
    .date = Write a date like 2026-11-21, a span like >2026-01-01 or 2026-01-01..2026-03-31, or an age like <90d.
    .unknown = There is no such filter. Put it into quotation marks to look for it as it stands.
    .twice = This filter stands there twice. Keep one of them.
    .blank = Say what to look for behind the colon.
    .words = There may be eight words at most. Take this one out.
    .long_word = This word is longer than any that is looked for: 64 letters at most.
    .cursor = This link to a page does not work here. Start from the first page.
    .kind = There is no such action. Choose one from the list.
    .door = There is no such source. Choose one from the list.
    .contact = There is no such filter. Use contact:none.
    .members = There is no such filter. Use members=none.
    .thing = There is no such thing. Follow a link from its page.
    .tickets = This filter of tickets cannot be read. Start from the list.

role =
    .end_user = End user
    .agent = Agent
    .admin = Administrator
    .unknown = There is no such role: use end_user, agent or admin.

role_hint =
    .end_user = Asks for help. Sees only their own page.
    .agent = Helps. Sees everyone; what else they may do is set below.
    .admin = Runs the house: may do everything.

status =
    .unverified = Invited
    .active = Active
    .suspended = Suspended
    .locked = Locked
    .quiet = Quiet for 90 days
    .unknown = There is no such status: use active, unverified, suspended or locked.

standing =
    .active = Active
    .invited = Invited
    .quiet = Quiet
    .suspended = Suspended
    .locked = Locked

group =
    .contact = Contact
    .belonging = Organisation and tags
    .locale = Language and time zone
    .texts = Texts
    .custom = More about them
    .identities = Also known as
    .extras = Kept for programs

group_hint =
    .contact = Give at least an e-mail, a phone number or a username: by these a person is found and signs in.
    .belonging = For finding and sorting people; they do not see this.
    .locale = Rollcall speaks to them in this language and shows times in this zone.
    .texts = What others should know.
    .custom = Fields that your house has defined.

field =
    .uid = Unique ID
    .created_at = Created
    .deed = Change
    .file = File
    .import = Import
    .name = Name
    .first_name = First name
    .last_name = Last name
    .title = Title
    .email = E-mail
    .phone = Phone
    .username = Username
    .organisation = Organisation
    .tags = Tags
    .language = Language
    .timezone = Time zone
    .tier = Tier
    .kind = Kind
    .bio = About
    .details = Details
    .notes = Notes
    .remark = Remark
    .role = Role
    .status = Status
    .reason = Reason
    .manage_people = May manage people
    .public_comments = May reply publicly
    .moderator = May edit documents
    .ticket_restriction = Tickets they see
    .theme = Appearance
    .count = People
    .last_login_at = Last seen
    .seed = Seed
    .groups = Groups
    .display_name = Display name
    .signature = Signature
    .custom_role = Custom role
    .description = Description
    .domains = E-mail domains
    .members = People
    .merged = Merged
    .hue = Colour
    .permissions = Permissions
    .reach = Reach
    .kind_of_field = Kind
    .label_en = Label in English
    .label_zh = Label in Chinese
    .help_en = Help in English
    .help_zh = Help in Chinese
    .audience = For
    .staff_only = Only staff see it
    .required = Required
    .initial = Default
    .choices = Choices
    .pattern = Pattern
    .place = Place
    .filter = Filter
    .columns = Columns
    .shortcuts = Single-key shortcuts
    .device = Device
    .address = Address
    .sessions = Sessions
    .subject = Subject
    .requester = Asked by
    .assignee = Assigned to
    .ticket_status = Stands at
    .priority = Priority
    .group = Group
    .comment = Comment
    .owner = Owner
    .locked = Locked
    .member = Member
    .as = As
    .contact = Contact
    .blocked = Blocked
    .chat_kind = Kind of chat
    .to = To
    .attributes = Attributes
    .open_tickets = Open tickets assigned
    .settled_tickets = Settled tickets assigned
    .comments = Comments written
    .following = Tickets followed
    .fields = Custom values
    .workspaces = Workspaces joined
    .chats = Chats joined
    .contacts = Contacts, both ways
    .blocks = Blocks, both ways
    .messages = Messages sent
    .conversations = Conversations of two
    .identities = Identities linked
    .failures = Sign-in failures
    .views = Saved views
    .steps = Undo steps about them
    .batches = Undo steps of theirs
    .requested_tickets = Tickets asked
    .owned_workspaces = Workspaces owned
    .owned_groups = Chat groups owned
    .owned_rooms = Chat rooms owned
    .deleted_at = Deleted
    .not_returned = Not returned
    .tickets = Tickets
    .days = Days
    .entries = Entries
    .absorbed = Merged person
    .merged_into = Merged into
    .avatar = Picture
    .other = Other person
    .receipt = Receipt
    .inactive = Days without activity
    .suspended = Days suspended
    .job = Job
    .people = Who
    .expires = Works until
    .dialect = API
    .key = Key
    .keys = API keys
    .read_only = Reads only
    .extras = Details kept for programs
    .landline = Land line
    .star = Star
    .photo_url = Picture address
    .alternate_emails = Other e-mails
    .metadata = Metadata
    .on_behalf_of = On behalf of
    .wechat_appid = WeChat account
    .wechat_openid = WeChat user
    .wechat_miniprogram_appid = WeChat mini program
    .wechat_miniprogram_openid = WeChat mini program user
    .freescout_origins = Pages that may use the FreeScout API in a browser
    .datarc_always_ok = Answer datarc's failures with HTTP status 200
    .key_owner = Owner of the key
    .tokens = Tokens of programs
    .external_id = External ID
    .temporary_until = Temporary until
    .wildcards = Opens everywhere (Audience Manager)
    .org = Organisation name
    .app = App name
    .chat_app = App
    .open_registration = Open registration
    .batch_delete = Delete many at once
    .rate_users = Requests for users, a second
    .rate_tokens = Requests for tokens, a second
    .rate_deletions = Batch deletions, a second
    .push_settings = Push settings

hint =
    .name = As it is written to them.
    .first_name = Where it is needed apart from the name.
    .last_name = Where it is needed apart from the name.
    .title = Their work, such as Buyer.
    .email = Nobody else may have the same.
    .phone = With the country code, like +86 138 0000 0000.
    .username = Without blanks. Nobody else may have the same.
    .organisation = A new name makes a new organisation.
    .tags = Several with commas between. New ones are made.
    .language = A language code such as en, zh or de.
    .timezone = Such as Asia/Shanghai.
    .tier = A number your other systems give people; 0 for none.
    .kind = A number your other systems give people; 0 for none.
    .bio = Shown to the person as well.
    .details = Addresses, contracts, whatever does not fit elsewhere.
    .notes = How to work with them.
    .remark = A short remark that other systems sync.
    .groups = Staff in a group are its team; end users in it are in its care.
    .display_name = How customers see them; empty for their name.
    .signature = Stands under their public replies.
    .domains = One a line. New people with an e-mail at one of these join by themselves.
    .label = At least one of the two languages.
    .help = Stands under the field in forms.
    .field_name = In files and addresses: small letters, figures and _. Empty takes it from the English label. It never changes.
    .choices = One a line, in their order. Only for choices.
    .pattern = A regular expression that the whole text must match, like [A-Z]{"{"}2{"}"}-\d+. Only for patterns.
    .initial = New people start with it. Nobody who is there already changes.
    .required = Asked of new people, in forms and imports. Whoever is here without it stays so; whoever has it keeps one.
    .staff_only = Otherwise people see and fill it on their own page.
    .shortcuts = Such as / for search. Ctrl+Enter always saves.

form =
    .stale = Somebody else changed this while you were editing. What you typed is still here: look at it once more, then save it over theirs.
    .errors = {$n ->
        [one] One field needs another look.
       *[other] {$count} fields need another look.
    } Nothing was saved, and nothing you typed is lost.
    .save = Save changes
    .cancel = Cancel
    .staff_only = only staff see this
    .status_hint = Invited people have not confirmed who they are.
    .recorded = Each changed value is kept in the history, with your name.
    .required = required

person =
    .profile = Profile
    .activity = Activity
    .edit = Edit
    .edit_title = Edit {$name}
    .edit_field = Edit: {$name}
    .suspend = Suspend
    .reactivate = Reactivate
    .more = More actions
    .role = Role and rights
    .password = Set password
    .recent = Recent changes
    .no_history = No changes recorded yet
    .all_history = The whole history
    .empty = empty
    .blank = Not filled yet:
    .picture = Picture
    .appearance = Appearance to customers
    .permissions = May do
    .access = Access
    .unknown = There is nobody like this whom you may see. Choose from the list.
    .ambiguous = Several people are called so. Choose one from the list.
    .pick = Name, e-mail or phone
    .chat = Chat
    .say_who = Say who.
    .data = Export their data
    .temporary = They asked for another password. Pass this one on; it opens the door once, until

history =
    .was = was
    .now = now
    .newer = Newer
    .older = Older

suspension =
    .title = Suspend {$name}?
    .lead = They cannot sign in until someone reactivates them. Everything that belongs to them stays.
    .sessions = Sessions that end now
    .reason_hint = kept in the history, not shown to them
    .do = Suspend {$name}
    .back = You can undo this at any time.
    .undo_title = Reactivate {$name}?
    .undo_lead = They can sign in again with their old password.
    .undo = Reactivate {$name}
    .done_advice = {$name} is suspended and cannot sign in.

rights =
    .sure = I know that I stop being an administrator, am signed out, and cannot take it back myself
    .not_sure = Tick that you know it, or stay an administrator.
    .title = If they are an agent
    .lead = Other roles do not need these.
    .manage_people = Create, edit, suspend, tag and import end users; never agents or administrators.
    .public_comments = Write replies that the requester sees, not only private notes.
    .moderator = Write and change help documents.
    .sessions = Taking something away ends their sessions at once.
    .self = This is you. If you take something away from yourself, you are signed out at once, and another administrator must give it back.

ticket_restriction =
    .all = All tickets
    .groups = Tickets of their groups
    .assigned = Tickets assigned to them
    .unknown = Choose which tickets they see.

password =
    .hint = At least 10 characters. A few unrelated words are strong and easy to remember.
    .current = Your current password
    .new = New password
    .save = Set password
    .sessions = All other sessions end at once.
    .wrong = This is not your current password.
    .too_short = Use at least 10 characters.
    .too_long = Use at most 128 characters.
    .guessable = This is easy to guess. Add a word or two that have nothing to do with it.

audit =
    .subject = About
    .title = Audit log
    .lead = Every write, newest first
    .filter = Filter the audit log
    .person = Person
    .actor = By whom
    .kind = Action
    .door = Source
    .from = From
    .until = Until
    .who = E-mail, username or ID
    .time = Time
    .change = Change
    .details = Details
    .request = Request
    .none = Nothing has been written yet
    .no_match = No entry matches these filters
    .checkpoint = Checkpoint
    .erased = Some of this was about somebody who was erased.
    .erased_person = Erased person

door =
    .panel = Panel
    .command_line = Command line
    .job = The house
    .freescout = FreeScout API
    .datarc = datarc API
    .kf5 = KF5 API
    .audience = Audience Manager API
    .scim = SCIM
    .easemob = Easemob

event =
    .house_set_up = set up this house
    .person_created = added this person
    .person_edited = changed the profile
    .person_suspended = suspended this person
    .person_reactivated = reactivated this person
    .person_role_changed = changed role or rights
    .person_password_changed = set a new password
    .people_generated = generated people
    .preferences_edited = changed preferences
    .session_created = signed in
    .session_ended = signed out
    .visitor = Somebody not signed in
    .people_exported = exported people
    .person_profile_edited = changed the appearance
    .person_avatar_changed = changed the picture
    .person_avatar_removed = removed the picture
    .session_revoked = ended sessions
    .organisation_created = added an organisation
    .organisation_edited = changed an organisation
    .organisation_deleted = deleted an organisation
    .organisation_merged = merged into an organisation
    .group_created = added a group
    .group_edited = changed a group
    .group_deleted = deleted a group
    .tag_created = added a tag
    .tag_edited = changed a tag
    .tag_deleted = deleted a tag
    .tag_merged = merged into a tag
    .field_created = added a field
    .field_edited = changed a field
    .role_created = added a role
    .role_edited = changed a role
    .role_deleted = deleted a role
    .view_created = added a view
    .view_edited = changed a view
    .view_deleted = deleted a view
    .field_moved = moved a field
    .field_retired = retired a field
    .field_restored = restored a field
    .ticket_created = opened a ticket
    .ticket_edited = worked on a ticket
    .ticket_commented = commented on a ticket
    .workspace_created = added a workspace
    .workspace_edited = changed a workspace
    .workspace_joined = put somebody into a workspace
    .workspace_left = took somebody out of a workspace
    .chat_created = started a chat group or room
    .chat_joined = put people into a chat
    .contact_added = added a contact
    .contact_removed = removed a contact
    .block_added = blocked somebody
    .block_removed = unblocked somebody
    .message_sent = sent a message
    .attributes_changed = changed chat attributes
    .person_deleted = deleted this person
    .person_restored = restored this person
    .organisation_restored = restored an organisation
    .group_restored = restored a group
    .tag_restored = restored a tag
    .trash_purged = emptied what had expired from the trash
    .trash_retention_set = changed how long the trash keeps
    .person_merged = merged another person into this one
    .person_merge_undone = undid a merge
    .duplicate_dismissed = said that another person is not the same
    .duplicate_returned = took back that another person is not the same
    .person_erased = erased this person
    .erasure_rules_set = set the retention rules
    .person_data_exported = exported the data of this person
    .people_deletion_planned = started a deletion plan
    .people_deletion_started = began to delete several people
    .job_cancelled = stopped a job
    .job_retried = tried a job again
    .job_paused = paused a job
    .job_resumed = let a job go on
    .import_uploaded = brought in a file of people
    .import_tried = began to try an import
    .import_started = began an import
    .import_reverted = began to take an import back
    .people_batch_started = began to change many people
    .people_reversal_started = began to undo a change of many people
    .key_created = made an API key for this person
    .key_revoked = revoked an API key of this person
    .doors_set = changed the API settings
    .key_edited = changed a key

answer =
    .yes = yes
    .no = no

conflict =
    .by = {$name} changed this person while you were editing.
    .advice = Nothing of yours is lost: choose what to keep.
    .caption = Choose between the two edits
    .field = Field
    .was = When you opened it
    .theirs = Saved meanwhile
    .yours = Yours, not saved
    .same = Both of you wrote the same. There is nothing left to choose.
    .save = Save with these choices
    .drop = Drop my changes

done =
    .created = Added.
    .edited = Saved.
    .unchanged = Nothing was different, so nothing was saved.
    .suspended = Suspended.
    .reactivated = Reactivated.
    .role = Role and rights saved.
    .password = The new password is set.
    .signed_out = You are signed out.
    .set_up = Welcome. You are the first administrator.
    .profile = Appearance saved.
    .picture = The picture is set.
    .no_picture = The picture is gone.
    .preferences = Preferences saved.
    .columns = The list shows these columns from now on.
    .session = The session has ended.
    .sessions = The sessions have ended.
    .organisation_created = Organisation added.
    .organisation_merged = Merged.
    .organisation_deleted = Organisation deleted.
    .group_created = Group added.
    .group_deleted = Group deleted.
    .tag_created = Tag added.
    .tag_merged = Merged.
    .tag_deleted = Tag deleted.
    .field_created = Field added.
    .field_retired = Field retired. Its values are kept.
    .field_restored = Field restored.
    .custom_role_created = Role added.
    .custom_role_deleted = Role deleted.
    .view_saved = View saved.
    .view_deleted = View deleted.
    .signed_in_again = Signed in again. What you typed is back; save it when you are ready.
    .ticket = Ticket saved.
    .comment = Comment added.
    .workspace_created = Workspace added.
    .deleted = Moved to the trash.
    .deleted_for_good = Deleted for good.
    .restored = Restored as it was.
    .restored_but = {$n ->
        [one] Restored; 1 thing could not return or was changed meanwhile.
       *[other] Restored; {$count} things could not return or were changed meanwhile.
    }
    .retention = Retention saved.
    .merged = Merged.
    .merged_for_good = Merged. This house keeps no trash, so it stays.
    .dismissed = Not suggested again.
    .undismissed = Suggested again.
    .erased = Erased. The receipt is here.
    .rules = Rules saved.
    .restored_waiting = {$n ->
        [one] Restored. 1 thing returns with what it belongs to, which is still in the trash.
       *[other] Restored. {$count} things return with what they belong to, which is still in the trash.
    }
    .key_revoked = Key revoked.
    .doors = API settings saved.
    .choose_password = You came in with a temporary password. Choose one of your own now.
    .chat_app = The app is changed.

time =
    .now = Now
    .minutes = {$n} min ago
    .hours = {$n} h ago
    .days = {$n ->
        [one] Yesterday
       *[other] {$n} d ago
    }
    .never = Never

error =
    .request = Request
    .home = Go on from the start
    .not_found = There is nothing here
    .not_found_advice = It may have been deleted, or you may not be allowed to see it. Check the address, or search for it.
    .forbidden = You may not do this
    .method = This address does not take that kind of request
    .stale = Somebody else changed this meanwhile
    .too_large = This is too much at once
    .too_large_advice = Nothing was saved. Shorten the texts and send the form again.
    .media_type = The form came in a way we cannot read
    .busy = Wait a little
    .busy_advice = Too many tries. Wait {$n ->
        [one] a minute
       *[other] {$count} minutes
    }, then try again.
    .malformed = We could not understand this request
    .malformed_advice = Nothing was changed. Go back, check what you entered, and try again.
    .broken = We could not finish this
    .broken_advice = Nothing was written. Try again; if it happens again, give an administrator the request number above.
    .status = {$name}, request

forbidden =
    .role = Your role does not allow this. Ask an administrator.
    .yourself = You cannot do this to yourself. Ask another administrator.
    .last_admin = This is the last administrator who can sign in. Make someone else administrator first.
    .staff_fields = Your role does not let you see this. Drop the filter or choose another order.
    .deleting_yourself = You cannot delete yourself. Ask another administrator.

email =
    .no_at = There is no @ in it. Write it like wang.fang@lanwan.example.
    .no_ending = The part after the @ has no ending. Write it like wang.fang@lanwan.example.
    .malformed = This is not an e-mail address. Write it like wang.fang@lanwan.example.
    .missing = Give your e-mail address.
    .nobody = Give at least an e-mail, a phone number or a username.
    .taken = Another person has this e-mail address.

phone =
    .malformed = This is not a phone number. Write it with the country code, like +86 138 0000 0000.
    .taken = Another person has this phone number.

username =
    .malformed = Use 1 to 255 characters without blanks.
    .taken = Another person has this username.

uid =
    .malformed = This is not a UUID.
    .taken = Another person has this uid.

name =
    .missing = Give your name.
    .blank = Give a name.
    .separator = A name may not hold commas or semicolons.
    .taken = This name is taken. Choose another.

text =
    .too_long = This is too long. Shorten it.

number =
    .malformed_decimal = Write a number like 1250.5.
    .malformed = Write a whole number from 0 to 32767.

language =
    .malformed = Write a language code such as en, zh or de.

timezone =
    .unknown = There is no such time zone. Write it like Asia/Shanghai.

tags =
    .too_long = A tag may have at most 50 characters.
    .too_many = A person may have at most 50 tags.
    .title = Tags
    .add = Add tag
    .total = {$n ->
        [one] 1 tag
       *[other] {$count} tags
    }
    .search = Name
    .none = There is no tag yet
    .none_advice = Add one here, or write new ones into a person’s form.
    .no_match = No tag matches
    .cut = These are the first 500. Search for the others.
    .unknown = There is no tag of this name. Write it as it stands on the list.

date =
    .malformed = This is not a date. Write it like 2026-11-21 18:00:00.

row =
    .cells = This row has more or fewer cells than the header.

as =
    .unknown = Nobody who may sign in has this e-mail address.

bulk =
    .title = With the chosen people
    .page = Choose everyone on this page
    .one = Choose {$name}
    .chosen = chosen
    .tags = Tags
    .tag = Add tags
    .untag = Remove tags
    .organisation = Set organisation
    .organisation_hint = Empty takes them out of theirs.
    .in_group = Group
    .group = Put in group
    .ungroup = Take out
    .all = {$n ->
        [one] The one who matches
       *[other] All {$count} who match
    }
    .more = More
    .language = Set language
    .field = Field
    .value = Value
    .value_hint = Empty clears it.
    .set_field = Set field

deed =
    .suspend = Suspend
    .reactivate = Reactivate
    .tag = Add tags: {$name}
    .untag = Remove tags: {$name}
    .organisation = Set organisation: {$name}
    .no_organisation = Take out of their organisation
    .group = Put in group: {$name}
    .ungroup = Take out of group: {$name}
    .language = Set language: {$name}
    .no_language = Clear language
    .field = Set field: {$name}

batch =
    .whom = People who match
    .so_already = Already so
    .lead = They are changed one after another while you go on with something else. Whoever is so already, and whoever you may not change, is left alone; the report says who and why.
    .start = {$n ->
        [one] Change 1 person
       *[other] Change {$count} people
    }
    .back = You can take it back as a whole until {$name}.
    .language = {$n ->
        [one] Language set for 1 person.
       *[other] Language set for {$count} people.
    }
    .field = {$n ->
        [one] Field set for 1 person.
       *[other] Field set for {$count} people.
    }
    .under_way = This is still under way. Stop it first.
    .changed_since = Changed by somebody since.
    .no_organisation = {$n ->
        [one] 1 person taken out of their organisation.
       *[other] {$count} people taken out of their organisation.
    }
    .unknown = Nothing was done: nothing of this name is there. Check the spelling, or add it first.
    .suspend = {$n ->
        [one] 1 person suspended.
       *[other] {$count} people suspended.
    }
    .reactivate = {$n ->
        [one] 1 person reactivated.
       *[other] {$count} people reactivated.
    }
    .tag = {$n ->
        [one] 1 person tagged.
       *[other] {$count} people tagged.
    }
    .untag = {$n ->
        [one] Tags removed from 1 person.
       *[other] Tags removed from {$count} people.
    }
    .organisation = {$n ->
        [one] Organisation set for 1 person.
       *[other] Organisation set for {$count} people.
    }
    .group = {$n ->
        [one] 1 person put in the group.
       *[other] {$count} people put in the group.
    }
    .ungroup = {$n ->
        [one] 1 person taken out of the group.
       *[other] {$count} people taken out of the group.
    }
    .undone = {$n ->
        [one] Undone for 1 person.
       *[other] Undone for {$count} people.
    }
    .unchanged = {$n ->
        [one] 1 was so already.
       *[other] {$count} were so already.
    }
    .refused = {$n ->
        [one] 1 was left as they are: not yours to change, or changed meanwhile.
       *[other] {$count} were left as they are: not yours to change, or changed meanwhile.
    }
    .nobody = Nobody was chosen. Tick the boxes beside the names first.
    .no_value = Nothing was done: write or choose a value first.
    .too_many = At most 200 people can be changed in one step.
    .undone_already = This has been undone already.

columns =
    .title = Columns
    .lead = What the list shows, in this order
    .always = always
    .up = Move up: {$name}
    .down = Move down: {$name}
    .save = Show these columns
    .usual = Back to the usual ones

filter_end =
    .from = from
    .until = to

custom_role =
    .title = Custom role
    .lead = For agents; it overrides the rights below.
    .none = None: the rights below count
    .unknown = There is no such role any more. Choose another.

permissions =
    .title = What {$name} may do

permission =
    .see_staff_fields = See staff fields
    .create_people = Add end users
    .edit_people = Edit end users
    .suspend_people = Suspend end users
    .set_passwords = Set passwords of end users
    .import_people = Import
    .export_people = Export
    .manage_organisations = Manage organisations
    .manage_tags = Manage tags
    .see_audit = See the audit log
    .public_comments = Reply publicly
    .edit_documents = Edit documents
    .delete_people = Delete people

permission_hint =
    .see_staff_fields = Organisation, groups, tags, notes and what else only staff see.
    .create_people = Make new end users within reach.
    .edit_people = Change their profile; staff fields only if they are seen.
    .suspend_people = And let them back in.
    .set_passwords = All their sessions end then.
    .import_people = From the command line, with no more rights than these.
    .export_people = Take lists of people out as files.
    .manage_organisations = Name, domains, merge and delete. Needs the reach “everyone”.
    .manage_tags = Rename, colour, merge and delete. Needs the reach “everyone”.
    .see_audit = Entries about people within reach.
    .public_comments = Otherwise only private notes.
    .edit_documents = Write and change help documents.
    .delete_people = Delete end users after seeing what that touches, and restore whom they deleted.

can =
    .see_staff_fields = May see organisations, groups, tags, notes and other staff fields.
    .create_people = May add end users.
    .edit_people = May edit end users.
    .suspend_people = May suspend end users and let them back in.
    .set_passwords = May set passwords of end users.
    .import_people = May import people.
    .export_people = May export lists of people.
    .manage_organisations = May manage organisations.
    .manage_tags = May manage tags.
    .see_audit = May see the audit log of people within reach.
    .public_comments = May reply publicly to tickets.
    .edit_documents = May write and change help documents.
    .delete_people = May delete end users, and restore whom they deleted.

cannot =
    .see_staff_fields = May not see organisations, groups, tags, notes and other staff fields.
    .create_people = May not add end users.
    .edit_people = May not edit end users.
    .suspend_people = May not suspend end users and let them back in.
    .set_passwords = May not set passwords of end users.
    .import_people = May not import people.
    .export_people = May not export lists of people.
    .manage_organisations = May not manage organisations.
    .manage_tags = May not manage tags.
    .see_audit = May not see the audit log of people within reach.
    .public_comments = May not reply publicly to tickets.
    .edit_documents = May not write and change help documents.
    .delete_people = May not delete people.

can_see =
    .everyone = Sees everyone.
    .organisation = Sees only people of the same organisation.
    .groups = Sees only people in the same groups.

can_tickets =
    .all = Works on all tickets.
    .groups = Works on tickets of the same groups.
    .assigned = Works on tickets assigned to them.

can_admin =
    .one = May do everything in this house.
    .two = Sees everyone, and the whole audit log.
    .three = May not suspend themselves, nor leave the house without an administrator.

can_end_user =
    .one = Sees and edits only their own page.
    .two = Sets their own password and ends their own sessions.
    .three = Does not see what staff wrote about them.

reach =
    .everyone = Everyone
    .organisation = Own organisation
    .groups = Own groups
    .unknown = Choose whom this role reaches.

reach_hint =
    .everyone = All people of the house.
    .organisation = Whoever belongs to the agent’s organisation.
    .groups = Whoever is in one of the agent’s groups.

scope =
    .organisation = You look after people of your own organisation only. Choose it.
    .groups = You look after people in your own groups only. Choose one of them.

access =
    .places = Signed in on
    .nowhere = Not signed in anywhere.
    .this = This device
    .since = since
    .seen = last seen
    .end = End
    .end_named = End the session on {$name}
    .end_others = End all other sessions
    .end_all = End all sessions
    .standing = Standing
    .password_set = Set
    .no_password = None: cannot sign in
    .failures = Failed sign-ins
    .no_failures = None.
    .unknown_device = Unknown device

avatar =
    .file = Picture file
    .hint = PNG, JPEG, WebP or GIF, up to 8 MB. It becomes a square.
    .crop_title = If it is no square, keep
    .save = Use this picture
    .remove = Remove the picture
    .missing = Choose a file first.
    .kind = This is no PNG, JPEG, WebP or GIF picture. Choose another file.
    .unreadable = This picture cannot be read. It may be damaged: choose another.
    .too_large = This picture has too many pixels. Use one of at most 10,000 by 10,000.
    .too_long = This file is larger than 8 MB. Choose a smaller one.
    .crop = Choose which part to keep.

me =
    .title = My page
    .profile = Edit my profile
    .seen = As others see me
    .preferences = Preferences
    .history = My history
    .data = Export my data

overview =
    .title = Overview
    .who = People by role and status
    .all = All
    .new = New people per week
    .newcomers = {$n ->
        [one] 1 new person in 26 weeks
       *[other] {$count} new people in 26 weeks
    }
    .today = today
    .as_table = As a table
    .week = Week from
    .todo = Needs attention
    .nothing = Nothing at the moment.
    .look = Look
    .latest = Latest changes

todo =
    .unreachable = {$n ->
        [one] 1 person has neither e-mail nor phone
       *[other] {$count} people have neither e-mail nor phone
    }
    .long_unverified = {$n ->
        [one] 1 person was invited over 30 days ago
       *[other] {$count} people were invited over 30 days ago
    }
    .suspended = {$n ->
        [one] 1 person is suspended
       *[other] {$count} people are suspended
    }
    .empty_organisations = {$n ->
        [one] 1 organisation is without people
       *[other] {$count} organisations are without people
    }

todo_hint =
    .unreachable = Nobody can answer them
    .long_unverified = They have not confirmed who they are
    .suspended = They cannot sign in
    .empty_organisations = Merge or delete them

search =
    .all_organisations = All organisations found
    .title = Search
    .for = Search for “{$name}”
    .do = Search
    .start = Type a part of a name
    .nothing = Nothing matches “{$name}”
    .all_people = Show all people found

organisations =
    .title = Organisations
    .add = Add organisation
    .total = {$n ->
        [one] 1 organisation
       *[other] {$count} organisations
    }
    .filter = Filter organisations
    .search = Name
    .only_empty = Only without people
    .none = There is no organisation yet
    .none_advice = Add one here, or write a new name into a person’s form.
    .no_match = No organisation matches
    .unknown = There is no organisation of this name. Write it as it stands on the list.

domains =
    .malformed = This is no e-mail domain. Write it like lanwan.example.
    .too_many = At most 100 domains.
    .taken = Another organisation has one of these domains.

groups =
    .too_many = At most 500 groups. Delete one first.
    .title = Groups
    .lead = Teams of agents and the people in their care
    .add = Add group
    .team = Team
    .care = In its care
    .none = There is no group yet
    .none_advice = Add one, then put agents and end users into it on the list of people.
    .none_yet = There are no groups yet.
    .unknown = There is no such group. Groups are made on their own page.
    .owns = Tickets to do
    .team_unknown = Nobody has one of these numbers.
    .team_no_staff = Only agents and administrators can be in a team.
    .members_unknown = Somebody among them is not known here.

hue =
    .of_0 = No colour
    .of_1 = Red
    .of_2 = Orange
    .of_3 = Green
    .of_4 = Teal
    .of_5 = Blue
    .of_6 = Indigo
    .of_7 = Purple
    .of_8 = Pink
    .unknown = Choose one of the colours.

fields =
    .choice_twice = Two of the choices are the same. Write each once.
    .title = Fields
    .lead = What your house wants to know of people
    .add = Add field
    .label = Label
    .name = Name in files
    .filled = Filled for
    .none = There is no custom field yet
    .none_advice = Add one, and it is at once on forms, pages, lists and in imports.
    .retire = Retire
    .retire_named = Retire {$name}
    .restore = Restore
    .restore_named = Restore {$name}
    .retired = Retired
    .retired_lead = No longer asked for or shown. Their values are kept.
    .kept = {$n ->
        [one] 1 value kept
       *[other] {$count} values kept
    }
    .kind_lead = It never changes afterwards.
    .no_label = Give a label in at least one language.
    .bad_name = Use small letters, figures and _, beginning with a letter; 40 at most.
    .bad_pattern = This is no regular expression. Write it like [A-Z]{"{"}2{"}"}-\d+.
    .no_choices = Write at least one choice.
    .too_many_choices = At most 200 choices.
    .choice_separator = A choice may not hold a semicolon.
    .too_many = At most 200 fields.

kind_of_field =
    .text = Text
    .number = Number
    .date = Date
    .choice = Choice
    .choices = Several choices
    .yes_no = Yes or no
    .pattern = Pattern
    .unknown = Choose a kind.

kind_hint =
    .text = One line
    .number = With up to 6 decimals
    .date = A day
    .choice = One of a list
    .choices = Any of a list
    .yes_no = Two answers
    .pattern = Text of one shape

audience =
    .all = Everyone
    .end_users = End users
    .agents = Agents and administrators
    .unknown = Choose for whom it is.

custom =
    .required = This field is required.
    .number = Write a number like 1250.5.
    .date = Write a date like 2026-11-21.
    .choice = This is none of the choices.
    .pattern = This does not have the shape that this field asks for.
    .yes_no = Write yes or no.
    .audience = This field is not for people of this role.
    .unknown = There is no such field.

roles =
    .held_stays = A role that somebody has cannot be deleted. Give them another first.
    .too_many = At most 200 roles. Delete one first.
    .title = Roles
    .lead = What agents may do, under names of your own
    .add = Add role
    .permissions = Permissions
    .none = There is no custom role yet
    .none_advice = Agents have the rights on their page. A custom role gives many of them the same, with a reach.
    .held_by = {$n ->
        [one] 1 agent holds it
       *[other] {$count} agents hold it
    }
    .can = What this role can do
    .who = Who holds it
    .nobody = Nobody yet. Give it to an agent on their page, under “Role and rights”.
    .held = Agents still hold this role. Give them another first.

views =
    .save = Save view
    .edit_named = Edit the view {$name}
    .lead = Only you see it
    .hint = Stands as a tab over the list, with its count.
    .do = Save view
    .delete = Delete view
    .too_many = At most 20 views. Delete one first.

merge =
    .blank = Say which one first.
    .start = Merge
    .title = Merge {$name} into another
    .into_organisation = Into which organisation
    .into_tag = Into which tag
    .show = Show what happens
    .people_moved = People who move over
    .people_there = People who are there already
    .domains_moved = E-mail domains that move over
    .goes = {$name} goes; nobody is lost.
    .do = Merge and keep {$name}
    .itself = It cannot be merged into itself. Name another.
    .two = Merge two people
    .into_person = Who stays
    .into_hint = {$name} folds into whoever you name here. You choose field by field next.
    .compare = Compare the two
    .end_users_only = Only end users can be merged.
    .same_person = Nobody can be merged into themselves. Name another.
    .swap = Swap sides
    .other = Choose another
    .caption = Choose a value for each field
    .stays = #{$name}, stays
    .folds_in = #{$name}, folds in
    .result = Result
    .also = {$name} kept as well
    .both = From both sides
    .same = Fields in which both agree
    .moves = What moves
    .nothing = Nothing else belongs to {$name}.
    .ends = {$n ->
        [one] 1 ends
       *[other] {$count} end
    }
    .dropped = {$n ->
        [one] (1 shared)
       *[other] ({$count} shared)
    }
    .until = Undo until {$name}.
    .until_text = Undo puts both people back as they are now, tickets included. Work done after the merge stays with {$name}.
    .alike = May be the same person

deletion =
    .plan = Plan to delete people
    .plan_lead = With this many people, the plan is made in the background first. Nobody is deleted by it: once it is made, you see exactly what deleting them touches, decide what becomes of it, and only then confirm.
    .make_plan = {$n ->
        [one] Plan for 1 person
       *[other] Plan for {$count} people
    }
    .see_plan = See the plan
    .plan_old = Some of them were changed or deleted since this plan was made. Go back to the list and make it again.
    .start = Delete
    .title = Delete {$name}?
    .organisation_lead = Its people stay; they belong to no organisation then.
    .people_left = People left without an organisation
    .organisation_do = {$n ->
        [one] Delete, and leave 1 person without an organisation
       *[other] Delete, and leave {$count} people without an organisation
    }
    .group_lead = Its people stay; the group is taken from them.
    .group_do = {$n ->
        [one] Delete, and take 1 person out of it
       *[other] Delete, and take {$count} people out of it
    }
    .tag_lead = Nobody wears it any more.
    .people_untagged = People who lose it
    .tag_do = {$n ->
        [one] Delete, and take it from 1 person
       *[other] Delete, and take it from {$count} people
    }
    .person_lead = Everything this touches is listed here. Nothing changes until you confirm.
    .suspend_instead = Suspend instead
    .nothing = Nothing else belongs to this person.
    .touches = What the deletion touches
    .count = Count
    .what = What
    .happens = What happens
    .decide = Needs your decision
    .by_itself = Happens by itself
    .successor = Successor
    .successor_hint = Takes over what you choose below.
    .open_nobody = Leave them unassigned
    .to_successor = To the successor
    .open_group = To a group, unassigned
    .which_group = Choose a group
    .by_group = Somebody else for some groups
    .by_group_hint = Empty for the choice above.
    .delete_them = Delete them with all that is in them
    .anonymous = Keep them, nobody named
    .given = Give them to another person
    .given_to = To whom
    .confirm = Confirm
    .after = After you confirm
    .now = Now
    .now_text = Signed out, things handed over, names free again. All of it or none.
    .until = Until {$name}
    .until_text = In the trash. Restoring brings everything back under the same number.
    .then = Then
    .then_text = The trash forgets it.
    .for_good = For good
    .for_good_text = This house keeps no trash: nothing brings it back.
    .type = Type {$name} to confirm
    .typed_wrong = This is not what to type. Copy it from the label.
    .to_trash = Move {$name} to the trash
    .now_for_good = Delete {$name} for good
    .keep = Keep {$name}
    .counted = If anything changes before you confirm, we count again and ask again.
    .and_more = {$n ->
        [one] and 1 more
       *[other] and {$count} more
    }
    .heir_is_gone = This is whom you delete. Choose somebody else.
    .refused = {$n ->
        [one] 1 of them stays
       *[other] {$count} of them stay
    }
    .chosen = {$n ->
        [one] 1 person is deleted
       *[other] {$count} people are deleted
    }
    .nobody_left = None of those who were chosen can be deleted.

plan =
    .changed = The figures have changed meanwhile. Look at them again.

names =
    .too_many = At most 50.

crop =
    .start = The left or the top
    .middle = The middle
    .end = The right or the bottom

ticket_status =
    .open = Open
    .pending = Pending
    .solved = Solved
    .closed = Closed
    .live = To do
    .any = Any status
    .unknown = Choose where the ticket stands.

priority =
    .low = Low
    .normal = Normal
    .high = High
    .urgent = Urgent
    .unknown = Choose a priority.

chat_kind =
    .group = Chat group
    .room = Chat room

comment =
    .public = public reply
    .note = note
    .blank = Write something first.

message =
    .blank = Write something first.

assignee =
    .no_staff = Tickets are given to agents and administrators. Choose one of them.
    .away = This person cannot sign in at present. Choose somebody else.

tickets =
    .too_many_collaborators = At most 100 people follow one ticket.
    .title = Tickets
    .mine_title = My tickets
    .total = {$n ->
        [one] 1 ticket
       *[other] {$count} tickets
    }
    .more_than = {$n ->
        [one] over 1 ticket
       *[other] over {$count} tickets
    }
    .filter = Filter tickets
    .any_priority = Any priority
    .any_group = Any group
    .no_match = No ticket matches
    .none = Nothing to do
    .none_advice = Tickets come in through the programs your customers write to.
    .none_of_person = No tickets
    .said = What was said
    .nothing_said = Nothing was said yet.
    .say = Say something
    .notes_only = Only staff read this: you write notes, not replies.
    .reply = Reply
    .note = Add a note
    .about = About this ticket
    .assignee_hint = Empty for nobody.
    .no_group = No group
    .anonymous = Nobody named
    .somebody = Somebody you may not see
    .gone = (gone)
    .collaborators = Following

workspaces =
    .owner_stays = The owner stays in. Choose another owner first.
    .title = Workspaces
    .total = {$n ->
        [one] 1 workspace
       *[other] {$count} workspaces
    }
    .add = Add workspace
    .search = Name
    .none = No workspaces yet
    .none_advice = A workspace is what people share: a project, a space, a room.
    .no_match = No workspace matches
    .members = Members
    .more = {$n ->
        [one] and 1 more
       *[other] and {$count} more
    }
    .about = About this workspace
    .put_in = Put somebody in
    .take_out = Take {$name} out
    .locked_hint = Nobody changes what is in it.

contacts =
    .oneself = Choose somebody else.

attributes =
    .too_long = All attributes together may have 2,048 bytes. Shorten them.

member_role =
    .manages = Manages
    .edits = Edits
    .reads = Reads
    .unknown = Choose what they do in it.

chat =
    .none = No chat
    .none_advice = Contacts, groups and messages come from the programs people chat with.
    .chats = Groups and rooms
    .owner = owner
    .messages = Sent messages
    .people = People
    .contacts = Contacts
    .blocks = Blocked

ticket_tab =
    .live = To do
    .mine = Mine
    .unassigned = Unassigned
    .any = All

fate =
    .settled_tickets = Kept, under their name
    .comments = Kept, under their name
    .following = Removed; a restore brings it back
    .groups = Removed; a restore brings them back
    .tags = Removed; a restore brings them back
    .fields = Removed; a restore brings them back
    .workspaces = They leave; a restore brings them back
    .chats = They leave; a restore brings them back
    .contacts = Both sides lose it; a restore brings it back
    .blocks = Removed; a restore brings them back
    .messages = Deleted; a restore brings them back
    .conversations = Deleted on both sides; a restore brings them back
    .attributes = Deleted; a restore brings them back
    .identities = Unlinked; a restore links them again
    .sessions = End at once and do not return
    .failures = Removed; a restore brings them back
    .views = Removed; a restore brings them back
    .steps = Removed; a restore brings them back
    .batches = Removed; a restore brings them back
    .nameless = Kept, without a name
    .erased = Erased for ever
    .keys = Revoked; a restore lets them in again
    .extras = Deleted; a restore brings them back
    .tokens = End at once and do not return

others =
    .conversations = {$n ->
        [one] 1 message by others in them
       *[other] {$count} messages by others in them
    }
    .requested_tickets = {$n ->
        [one] 1 comment by others on them
       *[other] {$count} comments by others on them
    }
    .owned_workspaces = {$n ->
        [one] 1 other member
       *[other] {$count} other members
    }
    .owned_groups = {$n ->
        [one] 1 other member
       *[other] {$count} other members
    }
    .owned_rooms = {$n ->
        [one] 1 other member
       *[other] {$count} other members
    }

trash =
    .title = Trash
    .total = {$n ->
        [one] 1 entry
       *[other] {$count} entries
    }
    .search = Name or e-mail
    .none = The trash is empty
    .none_advice = {$n ->
        [one] What is deleted can be brought back for 1 day.
       *[other] What is deleted can be brought back for {$count} days.
    }
    .keeps_nothing = This house keeps nothing that is deleted.
    .no_match = No entry matches
    .along = Went along
    .by = Deleted by
    .at = When
    .until = Restorable until
    .restore = Restore
    .restore_named = Restore {$name}
    .taken = Somebody else has this now. Give another, or leave it empty.
    .taken_was = It was {$name}.
    .lead = Everything returns under the same number. What was changed meanwhile stays as it is.
    .retention = How long the trash keeps
    .days = Days
    .days_hint = Counts for what is deleted from now on. 0 keeps nothing: whatever is deleted is gone.
    .days_range = Write a whole number from 0 to 3650.
    .kept_for = {$n ->
        [one] Kept for 1 day
       *[other] Kept for {$count} days
    }
    .survivor_first = Whoever they were merged into is in the trash. Restore that person first.
    .merged_into = merged into {$name}
    .undo_merge = Undo the merge
    .undo_merge_named = Undo the merge of {$name}
    .undo_merge_lead = Both return as they were. What was done since then stays.

thing =
    .organisation = Organisation
    .group = Group
    .tag = Tag

provider =
    .email = E-mail
    .phone = Phone
    .username = Username
    .wechat = WeChat
    .wechat_miniprogram = WeChat mini program
    .scim = Identity provider (SCIM)

duplicates =
    .title = Duplicates
    .total = {$n ->
        [one] 1 pair
       *[other] {$count} pairs
    }
    .none = Nobody seems to be here twice
    .none_advice = Whoever shares an e-mail, a phone, or a name and an organisation with somebody else is listed here.
    .one = Known first
    .other = Known later
    .why = Why
    .compare = Compare
    .compare_named = Compare with {$name}
    .dismiss = Not the same person
    .dismiss_named = {$name} is not the same person

likeness =
    .email = Same e-mail
    .phone = Same phone
    .name = Same name
    .similar_name = Similar name
    .organisation = Same organisation
    .domain = Same e-mail domain
    .very_likely = Very likely
    .likely = Likely
    .possible = Possible

erasure =
    .start = Erase
    .title = Erase {$name} for ever?
    .lead = Nothing brings {$name} back, and nobody reads any more what the history said of them.
    .reason = Reason
    .reason_hint = Stands in the receipt and in the history. Name nobody in it.
    .reason_blank = Say why. The receipt needs it.
    .do = Erase {$name} for ever
    .for_good_text = No trash, no restore. What the history said of {$name} becomes unreadable while the history can still be proven.
    .was_merged = Erase whom they were merged into: what was theirs is that person's now.

erasures =
    .title = Erasures
    .total = {$n ->
        [one] 1 receipt
       *[other] {$count} receipts
    }
    .none = Nobody was erased
    .none_advice = Erasing somebody leaves a signed receipt here that names nobody.
    .person = Person
    .receipt = Receipt

expiry =
    .title = Retention rules
    .lead = The house erases customers by itself, every hour, with a receipt each.
    .inactive = Erase after days without activity
    .inactive_hint = No sign-in, no ticket touched, no comment, no message. 0 for never.
    .suspended = Erase after days of being suspended
    .suspended_hint = Counted from the last change. 0 for never.
    .days_range = Write 0 for never, or a whole number from 30 to 36500.
    .show = Show who is due
    .save = {$n ->
        [one] Save, and erase 1 person
       *[other] Save, and erase {$count} people
    }
    .due = {$n ->
        [one] 1 person is due
       *[other] {$count} people are due
    }
    .nobody = These rules would erase nobody now.
    .held = {$n ->
        [one] 1 more owns what others use: decide about them by hand.
       *[other] {$count} more own what others use: decide about them by hand.
    }

imports =
    .title = Imports
    .lead = Bring people in from a file: first tried, then done.
    .file = File
    .file_hint = Excel (.xlsx) or text with commas, semicolons or tabs, at most 1 GiB. Its first row names the columns.
    .upload = Bring in
    .name = File
    .nameless = A file without a name
    .rows = Rows
    .draft = Columns not chosen
    .trying = Being tried
    .tried = Tried
    .running = Under way
    .done = Done
    .created = Created
    .updated = Updated
    .would_create = Would be created
    .would_update = Would be updated
    .unchanged = So already
    .duplicate = Repeated
    .failed = Left out
    .columns = Columns
    .columns_lead = Say what each column means; nothing is written yet.
    .has_rows = {$n ->
        [one] 1 row.
       *[other] {$count} rows.
    }
    .title_of_column = In the file
    .samples = Samples
    .means = Means
    .means_named = What {$name} means
    .left_out = Leave out
    .try = Try it
    .try_hint = All rows are read and compared with everybody who is there. You see exactly what would happen before anything does.
    .tried_lead = Nothing is written yet. This is what would happen now.
    .start = {$n ->
        [one] Write 1 person
       *[other] Write {$count} people
    }
    .change_columns = Change the columns
    .faults = Rows that are left out, and why
    .so_many_rows = {$n ->
        [one] 1 row
       *[other] {$count} rows
    }
    .first = (first: row {$name})
    .rejected = These rows as a file
    .reason = reason
    .see_people = See the people
    .reverting = Being taken back
    .reverted = Taken back
    .revert = Take back
    .revert_on = Continue taking it back
    .revert_title = Take back {$name}?
    .revert_created = People who were created and go to the trash
    .revert_updated = People who are changed back
    .revert_lead = Whoever was changed since, or has tickets or anything else of their own by now, stays as they are; the report says who and why.
    .revert_report = See the report
    .in_use = Something belongs to them by now.
    .missing = Choose a file first.
    .empty = The file has no first row that names its columns.
    .no_rows = The file has no rows below its titles.
    .too_wide = The file has more than 200 columns.
    .too_long = The file is longer than 1 GiB. Bring it in in parts.
    .too_much = The file holds more than 4 GiB of text. Bring it in in parts.
    .unreadable = This cannot be read as a table. Save it as .xlsx without a password, or as CSV in UTF-8.
    .broken_off = The file broke off or cannot be read to its end. Try again, or save it anew.
    .twice = Two columns mean the same. Choose one of them.
    .nobody = Choose a column that tells people apart: e-mail, phone, username or uid.
    .forgotten = The file is kept no longer.

export =
    .title = Export people
    .whom = People in the file
    .columns = Columns of each
    .lead = Every field that you may see, in the order of the list. An import reads CSV and Excel files again.
    .large = The file is written while you go on with something else, and can be fetched for a day, as CSV, Excel or JSON lines.
    .start = {$n ->
        [one] Export 1 person
       *[other] Export {$count} people
    }
    .noted = The history keeps who exported how many people, and which.
    .csv = CSV
    .xlsx = Excel
    .jsonl = JSON lines
    .ready = The file is ready ({$name}) and kept for a day.
    .gone = The file is not kept any more, or shows more than you may see now. Export the list again.
    .too_many = You have three exports under way. Wait until one is done, or stop one.

jobs =
    .title = Jobs
    .lead = What goes on by itself: changes, deletions, imports and exports of many people.
    .none = No jobs yet
    .none_advice = Whatever is done to more people than a page holds is a job, and shows here.
    .what = Job
    .state = State
    .people = People
    .who = Started by
    .when = Started
    .acts = Actions

job =
    .deletion = Deleting people
    .planned = Planned
    .written = Exported
    .elsewhere = The file of this lies with another server of this house, and is worked on and fetched there.
    .reversal = Undo: {$name}
    .failed = Failed
    .paused = Paused
    .pause = Pause
    .resume = Go on
    .trial = Trying an import
    .import = Importing people
    .changed = Changed
    .undone = Undone
    .unchanged = So already
    .reasons = Why people were left alone
    .rate = {$n ->
        [one] 1 a second
       *[other] {$count} a second
    }
    .seconds_left = {$n ->
        [one] about 1 second left
       *[other] about {$count} seconds left
    }
    .minutes_left = {$n ->
        [one] about 1 minute left
       *[other] about {$count} minutes left
    }
    .gave_up = It failed several times and was given up. What is done stays done; try again to go on.
    .stumbled = It failed just now and is tried again by itself.
    .retry = Try again
    .undo = Undo
    .waiting = Under way
    .done = Done
    .cancelled = Stopped
    .progress = Progress
    .deleted = Deleted
    .left_alone = Left alone
    .refused = Refused
    .why = Who stays, and why
    .back = Back to the list
    .cancel = Stop

api_keys =
    .title = API keys
    .lead = Programs come in with a key, each as the person who owns it, and never do more than that person may.
    .add = New key
    .none = No keys yet
    .none_advice = Make one for each program that talks to Rollcall.
    .last_used = Last used
    .requests = Requests, last day
    .never = Never
    .expired = Expired
    .reads = Reads only
    .revoke = Revoke
    .revoke_title = Revoke: {$name}
    .owner_hint = It has this person's rights, and loses them when they do.
    .name_hint = What it is for, such as “Nightly sync”.
    .expires_hint = The last day on which it works. Leave it empty for no end.
    .read_only = Reads only
    .read_only_hint = It changes nothing, whatever its owner may.
    .made = Key made
    .secret = Secret
    .once = Copy it now: Rollcall keeps no copy, and nobody can show it again.
    .copied = I have copied it
    .revoke_lead = Programs that come with this key are refused from then on. It cannot be brought back; a new one can be made.
    .client_id = Client ID

key =
    .dialect = Choose the API that it is for.
    .no_date = This is no date. Write it as 2026-12-31.
    .expired = This time is over. Choose a later one.
    .too_many = There are 500 keys. Revoke some that nobody uses first.
    .owner_out = Whoever owns this key may not sign in at present.
    .reads_only = This key only reads. Use one that may write.
    .revoked = This key was revoked.
    .own_password = Change your own password in the panel, where the old one is asked for.
    .person_out = This person may not sign in at present. An administrator can let them back in.

identity =
    .taken = Somebody else is known by this.
    .malformed = Up to 200 characters, without spaces.

profile =
    .staff_only = Only agents and administrators have this.

doors =
    .title = API settings
    .origins_hint = One on each line, like https://help.example.org, or * for all. Without any, browsers keep pages of other hosts out.
    .always_ok_hint = For clients that read only the errcode in the body.
    .malformed = Write each as https://host, without a path.
    .too_many = 50 at most.

scim =
    .name = Name details
    .displayName = Display name
    .nickName = Nickname
    .profileUrl = Profile page
    .userType = User type
    .preferredLanguage = Preferred language
    .locale = Locale
    .timezone = Time zone
    .active = Active
    .emails = E-mails
    .phoneNumbers = Phone numbers
    .ims = Instant messages
    .photos = Pictures
    .addresses = Addresses
    .entitlements = Entitlements
    .roles = Roles
    .x509Certificates = Certificates
    .employeeNumber = Employee number
    .costCenter = Cost centre
    .division = Division
    .department = Department
    .manager = Manager

chat_app =
    .legend = For Easemob only
    .lead = What clients of this app may do, and how fast.
    .path = Path of the app
    .org_hint = The first part of the app's addresses.
    .app_hint = The second part.
    .open_hint = Whoever wants to makes themselves a user, without a token.
    .batch_hint = A request that names nobody deletes the oldest users, 10 unless it says otherwise.
    .rate_hint = Beyond that, clients are told to wait. 1 to 10,000.
    .rate = Write a whole number from 1 to 10,000.
    .name = Use 1 to 64 of the letters a–z, digits, and - _ .
    .reserved = Rollcall's own pages begin like this. Choose another name.
    .taken = There is an app of these names. Choose another.
    .names = A key for Easemob needs the names of an organisation and an app; others have none.
    .staff = Only agents and administrators can own an app.

api_docs =
    .stop = .
    .title = API documentation
    .lead = What programs can ask of this house, route by route.
    .routes = Routes
    .key = Lines with the key
    .no_key = Any key
    .pick = Show
    .secret = $SECRET is the key's secret, which was shown once; $TOKEN is what the token request answers. Fields with * must be there.
