global _start

section .text
_start:
    call _start
    ret
