"""Files in and out: rows a second."""
import pathlib
import time

NAMES = ["Ada Marsh", "王伟", "Grace Hopper", "Søren Kierkegaard", "李娜", "María José"]


def write(path, rows):
    with path.open("w") as file:
        file.write("name,email,phone\n")
        for n in range(rows):
            file.write(f"{NAMES[n % len(NAMES)]} {n},row{n}@import.example,+49301{n:07}\n")


def both(house, rows, cookie):
    file = pathlib.Path(house.folder) / "rows.csv"
    write(file, rows)
    _, seconds, memory = house.run("import", str(file))
    file.unlink()
    brought = {"rate": rows / seconds, "memory": memory}
    began = time.monotonic()
    lines, memory = house.lines("/people.csv", cookie)
    return {"import": brought, "export": {"rate": lines / (time.monotonic() - began), "memory": memory}}
