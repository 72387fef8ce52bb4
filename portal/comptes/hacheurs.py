"""Password hashing."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: the first choice of OWASP's password storage cheat sheet."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
