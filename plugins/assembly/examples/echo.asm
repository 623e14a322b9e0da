global _start

section .bss
buffer: resb 65536

section .text
_start:
    mov r12, [rsp]              ; the count of arguments, the program's name with them
    lea r13, [rsp + 16]         ; the first
.argument:
    dec r12
    jz .copy
    mov rsi, [r13]
    add r13, 8
    xor rdx, rdx
.measure:
    cmp byte [rsi + rdx], 0
    je .measured
    inc rdx
    jmp .measure
.measured:
    mov byte [rsi + rdx], 10    ; a line feed in the place of the zero
    inc rdx
    call write
    jmp .argument
.copy:
    xor rax, rax
    xor rdi, rdi
    lea rsi, [rel buffer]
    mov rdx, 65536
    syscall
    test rax, rax
    jle .end
    lea rsi, [rel buffer]
    mov rdx, rax
    call write
    jmp .copy
.end:
    mov rax, 60
    xor rdi, rdi
    syscall

; Writes rdx bytes at rsi, in as many pieces as it takes.
write:
    mov rax, 1
    mov rdi, 1
    syscall
    test rax, rax
    jle .done
    add rsi, rax
    sub rdx, rax
    jnz write
.done:
    ret
