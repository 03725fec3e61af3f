"""What is measured: pages and requests as browsers and programs send them."""
import base64
import dataclasses
import json
import random
import re
import urllib.parse

from house import ADMIN, PASSWORD

JSON = {"Content-Type": "application/json"}
# So many different requests take turns.
SPREAD = 500
# What a list, a person's page and a request of an API may take of a server's time, in milliseconds: median and p99.
LIST, PERSON, GET = (3, 15), (2, None), (0.5, None)
# Filters with another order than that of an index for them; and such that few people meet, though many meet each part.
SORTED = [{"role": "agent", "sort": "name"}, {"status": "suspended", "sort": "-seen"}, {"tag": "vip", "sort": "organisation"}]
FEW = [
    {"q": "wang", "role": "agent", "status": "suspended"},
    {"q": "li", "role": "admin", "sort": "created"},
    {"role": "agent", "status": "suspended", "sort": "-seen"},
    {"tag": "vip", "role": "agent", "sort": "name"},
]
COLUMNS = ["added", "name", "role", "status", "organisation", "seen", "created", "changed"]


@dataclasses.dataclass
class Case:
    name: str
    lines: list
    headers: dict
    bound: tuple = (None, None)
    # Of the ceiling's requests a second, and of requests a second.
    share: float = None
    rate: float = None
    # So many clients at once, and what the 99th percentile of theirs may be in milliseconds.
    clients: int = 20
    patience: float = 100
    many: bool = True
    # "again" in the same words, so that the house may tell what it answered before; "anew" is always made anew.
    words: str = "anew"


def gets(paths):
    return [f"GET\t{path}" for path in paths]


def sends(method, path, body):
    return [f"{method}\t{path}\t{json.dumps(body, ensure_ascii=False)}"]


def query(path, **asked):
    return f"{path}?{urllib.parse.urlencode(asked)}"


def deep(house, cookie, path, people, rng):
    """The same list from somewhere in its middle on: the mark of its second page with other numbers in it."""
    page = house.ask("GET", path, cookie)[2].decode()
    after = re.search(r'rel="next" href="[^"]*after=([^"&]+)', page)
    if not after:
        return [path]
    mark = base64.urlsafe_b64decode(urllib.parse.unquote(after[1]) + "==").decode()
    last = mark.rsplit("\n", 1)[1]
    places = (rng.randint(100, people) for _ in range(SPREAD))
    marks = (base64.urlsafe_b64encode(mark.replace(last, str(place)).encode()).decode().rstrip("=") for place in places)
    return [query(path, after=one) for one in marks]


def known(house, headers, ids):
    """What some people are called, asked one by one."""
    told = (json.loads(house.ask("GET", f"/apiv2/users/{id}.json", headers)[2])["user"] for id in ids)
    return [one for one in told if one["name"] and one["email"]]


def panel(house, people, cookie, some, rng):
    ids = [rng.randint(1, people) for _ in range(SPREAD)]
    search = lambda texts: gets(query("/people", q=text) for text in texts)
    latin = [one["name"] for one in some if one["name"].isascii() and " " in one["name"]]
    yield Case("people", gets(["/people"]), cookie, LIST)
    yield Case("people, asked again", gets(["/people"]), cookie, LIST, 0.25, words="again")
    yield Case("people, deep", gets(deep(house, cookie, "/people", people, rng)), cookie, LIST)
    yield Case("people, role", gets(query("/people", role=role) for role in ["agent", "end_user"]), cookie, LIST)
    yield Case("people, status and role", gets([query("/people", status="suspended", role="end_user")]), cookie, LIST)
    yield Case("people, tag", gets(query("/people", tag=tag) for tag in ["vip", "续约"]), cookie, LIST)
    yield Case("people, filtered and sorted", gets(query("/people", **asked) for asked in SORTED), cookie, LIST)
    yield Case("people, few of many", gets(query("/people", **asked) for asked in FEW), cookie, LIST)
    for column in COLUMNS:
        yield Case(f"people by {column}", gets(query("/people", sort=way + column) for way in ["", "-"]), cookie, LIST)
    yield Case("search, one e-mail", search(one["email"] for one in some), cookie, LIST)
    yield Case("search, common", search(["an", "li", "example"]), cookie, LIST)
    yield Case("search, one Chinese character", search("王李张陈"), cookie, LIST)
    yield Case("search, two Chinese characters", search(["王伟", "李娜", "先生"]), cookie, LIST)
    yield Case("search, two words", search(" ".join(reversed(name.split()[:2])) for name in latin or ["a b"]), cookie, LIST)
    yield Case("search, nothing", search(["zzqxj", "qqq 王"]), cookie, LIST)
    yield Case("person", gets(f"/people/{id}" for id in ids), cookie, PERSON)
    yield Case("overview", gets(["/"]), cookie)


def newest(house, cookie):
    return int(re.search(r'href="/people/(\d+)"', house.ask("GET", "/people?sort=-added", cookie)[2].decode())[1])


def kf5(house, people, cookie, headers, some, rng):
    ids = [rng.randint(1, people) for _ in range(SPREAD)]
    page = max(1, people // 143)
    fresh = {"user": {"email": "new{n}@bench.example", "name": "Ada Marsh {n}"}}
    yield Case("KF5 get", gets(f"/apiv2/users/{id}.json" for id in ids), headers, GET)
    yield Case("KF5 get, asked again", gets(f"/apiv2/users/{id}.json" for id in ids), headers, GET, 0.5, words="again")
    yield Case("KF5 list", gets(["/apiv2/users.json"]), headers, LIST)
    yield Case("KF5 list, deep page number", gets([f"/apiv2/users.json?page={page}"]), headers)
    yield Case("KF5 search", gets(query("/apiv2/users/search.json", query=one["email"]) for one in some), headers, LIST)
    made = sends("POST", "/apiv2/users.json", fresh)
    yield Case("KF5 create, of 32", made, {**headers, **JSON}, rate=1000, clients=32)
    changes = [f"PUT\t/apiv2/users/{id}.json\t" + json.dumps({"user": {"details": "Calls at night {n}."}}) for id in ids]
    yield Case("KF5 update", changes, {**headers, **JSON})
    # Nobody is deleted twice: from whoever was created last on, each run its own. After those who were made up comes the
    # administrator whose key this is.
    doomed = (id for id in range(newest(house, cookie), people // 2, -1) if id != people + 1)
    doomed = [f"DELETE\t/apiv2/users/{id}.json" for id in doomed]
    yield Case("KF5 delete", doomed, headers, many=False)


def others(house, cookie, keys, some):
    agents = {"X-FreeScout-API-Key": keys["freescout"]["key"]}
    scim = {"Authorization": "Bearer " + keys["scim"]["token"]}
    named = (query("/scim/v2/Users", filter=f'userName eq "{one["email"]}"') for one in some)
    yield Case("FreeScout list", gets(["/api/users"]), agents, LIST)
    yield Case("SCIM filter", gets(named), scim, LIST)


def sign_in(house):
    """Hashing a password is meant to take long. More at once would be taken for guesses."""
    form = urllib.parse.urlencode({"login": ADMIN, "password": PASSWORD})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": house.url}
    yield Case("sign-in, of 8", [f"POST\t/login\t{form}"], headers, clients=8, patience=None)


def everything(house, people, cookie, keys):
    rng = random.Random(7)
    login = base64.b64encode(f"bench@example.org/token:{keys['kf5']['token']}".encode()).decode()
    basic = {"Authorization": f"Basic {login}"}
    some = known(house, basic, [rng.randint(1, people) for _ in range(100)])
    yield from panel(house, people, cookie, some, rng)
    yield from kf5(house, people, cookie, basic, some, rng)
    yield from others(house, cookie, keys, some)
    yield from sign_in(house)
